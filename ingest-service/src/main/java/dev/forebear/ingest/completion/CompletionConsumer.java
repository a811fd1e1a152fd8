package dev.forebear.ingest.completion;

import dev.forebear.ingest.publication.NotStoredException;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryException;
import dev.forebear.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the changes of objects to the completion, on a thread of its own.
 *
 * <p>Offsets are committed up to the oldest change that still waits. Whoever gets a partition reads it from its
 * beginning: changes that were published only say what lies in the folders, the others still have to be told. So
 * nothing is kept but what the topic keeps.
 */
public final class CompletionConsumer implements AutoCloseable {

    static final String GROUP = "ingest-completion";

    private static final Logger LOG = LoggerFactory.getLogger(CompletionConsumer.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(500);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    /** Nobody waits for this consumer: a broker that is away need not be asked more often. */
    private static final long RECONNECT_MILLIS = 1_000;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    /** A killed process must not hold its partitions for the default of 45 s. */
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Completion completion;
    private final InstantSource clock;
    private final Map<TopicPartition, Progress> committed = new HashMap<>();
    private final Map<TopicPartition, Instant> read = new HashMap<>();
    private final Thread thread;
    private Instant lastCommit = Instant.EPOCH;
    private volatile @Nullable String problem;
    private volatile boolean open = true;

    private CompletionConsumer(KafkaConfig kafka, Completion completion, InstantSource clock) {
        this.completion = completion;
        this.clock = clock;
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, kafka.topicPrefix() + GROUP);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, RECONNECT_MILLIS);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.consumer.subscribe(List.of(kafka.topic(Topics.OBJECT_CHANGES)), new Handover());
        this.thread = Thread.ofPlatform().name("completion").unstarted(this::run);
    }

    /**
     * Starts to read; returns at once.
     *
     * @param clock by which a folder has been quiet
     */
    public static CompletionConsumer start(KafkaConfig kafka, Completion completion, InstantSource clock) {
        var consumer = new CompletionConsumer(kafka, completion, clock);
        consumer.thread.start();
        return consumer;
    }

    /** What keeps it from working, in one line. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void run() {
        try (consumer) {
            while (open) {
                step();
            }
            // Here rather than in the callback, so that what is told is not told again after an orderly end.
            commit(consumer.assignment());
        } catch (InterruptException | InterruptedException e) {
            LOG.debug("completion stopped");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("completion failed");
            problem = "folders are not completed any more; the log says why";
        }
    }

    private void step() throws InterruptedException {
        ConsumerRecords<byte[], byte[]> records = ConsumerRecords.empty();
        Map<TopicPartition, Long> next = new HashMap<>();
        try {
            records = consumer.poll(POLL);
            takeIn(records, next);
            completion.tell(this::timeOf);
            if (clock.instant().isAfter(lastCommit.plus(COMMIT_INTERVAL))) {
                commit(consumer.assignment());
            }
            problem = null;
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException | SchemaRegistryException | NotStoredException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("completion waits");
            problem = "waits for the broker or the schema registry";
            rewind(records, next);
            Thread.sleep(PAUSE);
        }
    }

    private void takeIn(ConsumerRecords<byte[], byte[]> records, Map<TopicPartition, Long> next)
            throws NotStoredException {
        for (TopicPartition partition : records.partitions()) {
            Progress progress = committed.getOrDefault(partition, Progress.NONE);
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                completion.takeIn(record, progress.isTold(record.offset()));
                next.put(partition, record.offset() + 1);
                read.merge(partition, Instant.ofEpochMilli(record.timestamp()), (a, b) -> a.isAfter(b) ? a : b);
            }
        }
    }

    /** In a partition that is not read to its end, time is what its records say: more may lie there already. */
    private Instant timeOf(TopicPartition partition) {
        boolean atEnd = consumer.assignment().contains(partition)
                && consumer.currentLag(partition).orElse(1) == 0;
        return atEnd ? clock.instant() : read.getOrDefault(partition, Instant.EPOCH);
    }

    private void rewind(ConsumerRecords<byte[], byte[]> records, Map<TopicPartition, Long> next) {
        for (TopicPartition partition : records.partitions()) {
            if (consumer.assignment().contains(partition)) {
                long first = records.records(partition).getFirst().offset();
                consumer.seek(partition, next.getOrDefault(partition, first));
            }
        }
    }

    private void commit(Collection<TopicPartition> partitions) {
        lastCommit = clock.instant();
        Map<TopicPartition, Progress> changed = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Progress former = committed.getOrDefault(partition, Progress.NONE);
            long position = consumer.position(partition, TIMEOUT);
            Progress progress = Progress.of(position, completion.waiting(partition));
            // What is read once more was published: that is known better than where the reading is.
            if (position >= former.upTo() && !progress.equals(former)) {
                changed.put(partition, progress);
                offsets.put(partition, progress.committable());
            }
        }
        if (!offsets.isEmpty()) {
            consumer.commitSync(offsets, TIMEOUT);
            committed.putAll(changed);
        }
    }

    /** Leaves the group, so that others take over at once. */
    @Override
    public void close() {
        open = false;
        try {
            if (!thread.join(CLOSE_TIMEOUT)) {
                thread.interrupt();
                thread.join(CLOSE_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Handover implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.committed(Set.copyOf(partitions))
                    .forEach((partition, offset) -> committed.put(partition, Progress.of(offset)));
            consumer.seekToBeginning(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            try {
                commit(partitions);
            } catch (KafkaException e) {
                LOG.atDebug().setCause(e).log("the next one tells again what was not committed");
            }
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            completion.forget(partitions);
            committed.keySet().removeAll(partitions);
            read.keySet().removeAll(partitions);
        }
    }
}
