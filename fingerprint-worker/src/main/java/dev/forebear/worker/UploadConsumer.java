package dev.forebear.worker;

import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryException;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.Lane;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes records of {@code model-uploads} into the buffer and commits what is finished. Its thread only polls: long work
 * goes on elsewhere, so the poll deadline is never near. What is not finished when a partition is revoked or the
 * process dies is not committed, and is delivered again.
 */
final class UploadConsumer implements AutoCloseable {

    static final String GROUP = "forebear-fingerprint-worker";

    private static final Logger LOG = LoggerFactory.getLogger(UploadConsumer.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(500);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration HOLD = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);
    /** A dead worker's models should not wait 45 s, the default, for another one. */
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;

    private static final int HEARTBEAT_MILLIS = 3_000;

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final UploadDecoder decoder;
    private final TaskBuffer buffer;
    private final ConcurrentLinkedQueue<UploadTask> finished = new ConcurrentLinkedQueue<>();
    private final Map<TopicPartition, PartitionIntake> intakes = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final Thread thread;
    private boolean joined;
    private long lastCommitNanos = System.nanoTime();
    private long holdUntilNanos = System.nanoTime();
    private volatile boolean closing;
    private volatile Optional<String> problem = Optional.of("has not joined its consumer group yet");

    UploadConsumer(KafkaConfig kafka, UploadDecoder decoder, TaskBuffer buffer) {
        this.topic = kafka.topic(Topics.MODEL_UPLOADS);
        this.decoder = decoder;
        this.buffer = buffer;
        this.consumer =
                new KafkaConsumer<>(properties(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.thread = Thread.ofPlatform().name("uploads").unstarted(this::run);
    }

    private static Map<String, Object> properties(KafkaConfig kafka) {
        var properties = kafka.clientProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, kafka.topicPrefix() + GROUP);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        if (!properties.containsKey(ConsumerConfig.GROUP_PROTOCOL_CONFIG)) {
            properties.put(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                    List.of(CooperativeStickyAssignor.class.getName()));
            properties.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
            properties.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
        }
        return properties;
    }

    void start() {
        thread.start();
    }

    /** Takes note of a task that needs no more work. Called by any thread. */
    void finished(UploadTask task) {
        finished.add(task);
    }

    /** What keeps it from consuming, in one line; empty when nothing does. */
    Optional<String> problem() {
        return problem;
    }

    private void run() {
        consumer.subscribe(List.of(topic), new Rebalances());
        while (!closing) {
            try {
                pollOnce();
            } catch (RuntimeException e) {
                report(e);
                pauseAfterFailure();
            }
        }
        leave();
    }

    private void pollOnce() {
        settle();
        readOn();
        takeIn(consumer.poll(POLL));
        if (joined && System.nanoTime() - holdUntilNanos >= 0) {
            problem = Optional.empty();
        }
        if (System.nanoTime() - lastCommitNanos >= COMMIT_INTERVAL.toNanos()) {
            commit();
        }
    }

    private void settle() {
        for (UploadTask task = finished.poll(); task != null; task = finished.poll()) {
            PartitionIntake intake = intakes.get(task.partition());
            if (!task.abandoned() && intake != null) {
                intake.finish(task.record().offset());
            }
        }
    }

    /** Reads on where the buffer was full and has place again. */
    private void readOn() {
        if (System.nanoTime() - holdUntilNanos < 0) {
            return;
        }
        if (buffer.isHalfFree(Lane.INTERACTIVE)) {
            consumer.resume(consumer.paused());
        }
        if (buffer.isHalfFree(Lane.BULK)) {
            intakes.forEach((partition, intake) -> {
                if (intake.goBack()) {
                    consumer.seek(partition, intake.position());
                    consumer.resume(Set.of(partition));
                }
            });
        }
    }

    private void takeIn(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            takeIn(partition, records.records(partition));
        }
    }

    private void takeIn(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        PartitionIntake intake = intakes.computeIfAbsent(
                partition, key -> new PartitionIntake(records.getFirst().offset()));
        for (ConsumerRecord<byte[], byte[]> record : records) {
            switch (consider(intake, record)) {
                case CONTINUE -> {}
                case SEEK -> {
                    consumer.seek(partition, intake.position());
                    return;
                }
                case SEEK_AND_PAUSE -> {
                    consumer.seek(partition, intake.position());
                    consumer.pause(Set.of(partition));
                    return;
                }
            }
        }
    }

    private PartitionIntake.Next consider(PartitionIntake intake, ConsumerRecord<byte[], byte[]> record) {
        try {
            UploadTask task = decoder.decode(record);
            return intake.consider(record.offset(), task.lane(), () -> buffer.offer(task));
        } catch (SchemaRegistryException e) {
            report(e);
            holdUntilNanos = System.nanoTime() + HOLD.toNanos();
            return PartitionIntake.Next.SEEK_AND_PAUSE;
        }
    }

    private void commit() {
        lastCommitNanos = System.nanoTime();
        Map<TopicPartition, OffsetAndMetadata> offsets = uncommitted(intakes.keySet());
        if (!offsets.isEmpty()) {
            consumer.commitAsync(offsets, (attempted, failure) -> {
                if (failure == null) {
                    remember(attempted);
                } else {
                    LOG.atDebug().setCause(failure).log("commit failed, the next one includes it");
                }
            });
        }
    }

    private void commitNow(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = uncommitted(partitions);
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets, COMMIT_TIMEOUT);
            remember(offsets);
        } catch (KafkaException e) {
            LOG.atWarn()
                    .addKeyValue("problem", e.getMessage())
                    .log("last commit failed, finished uploads will be done again");
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> uncommitted(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            PartitionIntake intake = intakes.get(partition);
            if (intake != null && intake.committable() > committed.getOrDefault(partition, 0L)) {
                offsets.put(partition, new OffsetAndMetadata(intake.committable()));
            }
        }
        return offsets;
    }

    private void remember(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            if (intakes.containsKey(partition)) {
                committed.merge(partition, offset.offset(), Math::max);
            }
        });
    }

    private void abandon(Collection<TopicPartition> partitions) {
        Set<TopicPartition> gone = Set.copyOf(partitions);
        buffer.abandon(task -> gone.contains(task.partition()));
        settle();
    }

    private void forget(Collection<TopicPartition> partitions) {
        intakes.keySet().removeAll(partitions);
        committed.keySet().removeAll(partitions);
    }

    private final class Rebalances implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            // An intake begins with the first record; a worker that has no partition waits for another to fail.
            joined = true;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            abandon(partitions);
            commitNow(partitions);
            forget(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            joined = false;
            abandon(partitions);
            forget(partitions);
        }
    }

    private void report(RuntimeException failure) {
        String line = String.valueOf(failure.getMessage());
        if (!problem.equals(Optional.of(line))) {
            LOG.atWarn().addKeyValue("problem", line).log("cannot consume uploads, trying again");
            LOG.atDebug().setCause(failure).log("cannot consume uploads");
        }
        problem = Optional.of(line);
    }

    private static void pauseAfterFailure() {
        LockSupport.parkNanos(HOLD.toNanos());
    }

    private void leave() {
        try {
            abandon(Set.copyOf(intakes.keySet()));
            commitNow(Set.copyOf(intakes.keySet()));
            consumer.close();
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("problem", e.getMessage()).log("could not leave the group in order");
        }
    }

    /** Abandons what is not finished, commits what is, and leaves the group. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!thread.join(CLOSE_TIMEOUT)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
