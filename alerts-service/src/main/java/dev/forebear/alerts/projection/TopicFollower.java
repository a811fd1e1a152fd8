package dev.forebear.alerts.projection;

import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics from their beginning and goes on for ever, on a thread of its own. Partitions are fixed at start.
 * Waits out brokers and registries that do not answer; leaves out records that cannot be decoded, which the service
 * that consumes them puts aside.
 */
public final class TopicFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RecordReader reader;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final BlockingQueue<Waiter> waiters = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile @Nullable String problem = "still reading the topics";
    private volatile boolean open = true;

    private TopicFollower(KafkaConfig kafka, SchemaRegistryClient schemas, Projection projection) {
        this.reader = new RecordReader(kafka, schemas, projection);
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "forebear-alerts-projection");
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.partitions = reader.topics().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        this.thread = Thread.ofPlatform().name("alerts-projection").unstarted(this::run);
    }

    /** Starts to read; returns at once. */
    public static TopicFollower start(KafkaConfig kafka, SchemaRegistryClient schemas, Projection projection) {
        var follower = new TopicFollower(kafka, schemas, projection);
        follower.thread.start();
        return follower;
    }

    /**
     * Waits until everything that the topics hold now has been applied; false when that takes longer than the timeout,
     * or the follower is closed.
     */
    public boolean catchUp(Duration timeout) throws InterruptedException {
        var waiter = new Waiter(new CompletableFuture<>());
        waiters.add(waiter);
        if (!open) {
            waiter.fail();
        }
        try {
            return waiter.done.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            waiters.remove(waiter);
            return false;
        }
    }

    /** What keeps it from following, in one line. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void run() {
        try (consumer) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (open) {
                step();
            }
        } catch (WakeupException | InterruptException e) {
            LOG.debug("projection stopped");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("projection failed");
            problem = "the projection failed; the log says why";
        } finally {
            open = false;
            waiters.forEach(Waiter::fail);
        }
    }

    private void step() {
        try {
            apply(consumer.poll(POLL));
            serveWaiters();
            problem = null;
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException | SchemaRegistryException e) {
            if (problem == null) {
                LOG.atWarn().addKeyValue("cause", e.getMessage()).log("projection waits");
            }
            problem = "waits for the broker or the schema registry";
            pause();
        }
    }

    private void apply(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                try {
                    read(record);
                } catch (SchemaRegistryException e) {
                    rewind(records, partition, record.offset());
                    throw e;
                }
            }
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        try {
            reader.read(record);
        } catch (SerializationException e) {
            LOG.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("cause", e.getMessage())
                    .log("undecodable record left out");
        }
    }

    /** Goes back to the failed record; everything may be applied twice, so other partitions go back to their start. */
    private void rewind(ConsumerRecords<byte[], byte[]> records, TopicPartition failed, long offset) {
        for (TopicPartition partition : records.partitions()) {
            long first = records.records(partition).getFirst().offset();
            consumer.seek(partition, partition.equals(failed) ? offset : first);
        }
    }

    private void serveWaiters() {
        for (Waiter waiter : waiters) {
            if (waiter.ends == null) {
                waiter.ends = consumer.endOffsets(partitions);
            }
            if (waiter.ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                waiter.done.complete(true);
                waiters.remove(waiter);
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            open = false;
        }
    }

    @Override
    public void close() {
        open = false;
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Somebody who waits for the end of the topics as it was when they asked. */
    private static final class Waiter {

        private final CompletableFuture<Boolean> done;
        private @Nullable Map<TopicPartition, Long> ends;

        Waiter(CompletableFuture<Boolean> done) {
            this.done = done;
        }

        void fail() {
            done.completeExceptionally(new IllegalStateException("closed"));
        }
    }
}
