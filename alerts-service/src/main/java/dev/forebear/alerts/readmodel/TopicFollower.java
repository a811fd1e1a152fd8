package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics into the read model, on a thread of its own: from where the file's last transaction ended, each
 * batch and its positions in one transaction. What stays in memory is read from the beginning. Partitions are fixed at
 * start. Waits out brokers, registries and disks that do not answer; leaves out records that cannot be used, which the
 * service that consumes them puts aside.
 */
public final class TopicFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** How often it is noted that the topics were seen to their end. */
    private static final Duration NOTED = Duration.ofMinutes(1);

    private static final Duration TIDIED = Duration.ofHours(1);
    private static final int MOST_RECORDS = 2_000;
    private static final int MOST_BYTES = 16 << 20;
    /** Requests on one connection wait for one another: a fetch that finds nothing ends soon. */
    private static final int FETCH_WAIT_MILLIS = 100;

    private final ReadModel model;
    private final Projection projection;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Positions positions;
    private final InstantSource clock = InstantSource.system();
    private final Map<TopicPartition, Long> applied = new HashMap<>();
    private final Waiters waiters = new Waiters();
    private final Thread thread;
    private Instant noted = Instant.EPOCH;
    private Instant tidied = Instant.EPOCH;
    private volatile @Nullable String problem = "still reading the topics";
    private volatile boolean open = true;

    private TopicFollower(KafkaConfig kafka, SchemaRegistryClient schemas, ReadModel model) {
        this.model = model;
        this.projection = new Projection(kafka, schemas, model, clock);
        Set<String> topics = new HashSet<>(projection.tableTopics());
        topics.addAll(projection.liveTopics());
        Map<String, TopicDescription> described = describe(kafka, topics);
        this.partitions = described.values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        this.positions = new Positions(
                model.statements(),
                described.values().stream()
                        .collect(Collectors.toMap(
                                TopicDescription::name, topic -> topic.topicId().toString())));
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MOST_BYTES);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "forebear-alerts-read-model");
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.thread = Thread.ofPlatform().name("alerts-read-model").unstarted(this::run);
    }

    /** Starts to read; returns at once. Closed before the read model. */
    public static TopicFollower start(KafkaConfig kafka, SchemaRegistryClient schemas, ReadModel model) {
        var follower = new TopicFollower(kafka, schemas, model);
        follower.thread.start();
        return follower;
    }

    /**
     * Waits until everything that the topics hold now has been applied; false when that takes longer than the timeout,
     * or the follower is closed.
     */
    public boolean catchUp(Duration timeout) throws InterruptedException {
        return waiters.await(null, timeout);
    }

    /**
     * Waits until the record has been applied, so that who wrote it reads it back; false when that takes longer than
     * the timeout, or the follower is closed.
     *
     * @param topic as the broker calls it, with the prefix
     */
    public boolean await(String topic, int partition, long offset, Duration timeout) throws InterruptedException {
        return waiters.await(Map.of(new TopicPartition(topic, partition), offset + 1), timeout);
    }

    /** What keeps it from following, in one line. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private static Map<String, TopicDescription> describe(KafkaConfig kafka, Collection<String> topics) {
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            return admin.describeTopics(topics).allTopicNames().get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new KafkaException("topics cannot be described: " + e.getCause(), e.getCause());
        }
    }

    private void run() {
        try (consumer) {
            consumer.assign(partitions);
            seek();
            while (open) {
                step();
            }
        } catch (WakeupException | InterruptException e) {
            LOG.debug("read model stopped");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("read model failed");
            problem = "the read model failed; the log says why";
        } finally {
            open = false;
            waiters.close();
        }
    }

    private void seek() {
        consumer.seekToBeginning(partitions);
        String reason = positions.problem(consumer.endOffsets(partitions), clock.instant());
        if (reason != null) {
            LOG.atWarn()
                    .addKeyValue("file", model.path())
                    .addKeyValue("reason", reason)
                    .log("read model is rebuilt from the topics");
            model.clear();
        }
        Map<TopicPartition, Long> stored = positions.stored();
        if (stored.isEmpty()) {
            note();
        }
        stored.forEach(consumer::seek);
        partitions.forEach(partition -> applied.put(partition, consumer.position(partition)));
    }

    private void step() {
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                apply(records);
            }
            partitions.forEach(partition -> applied.put(partition, consumer.position(partition)));
            problem = null;
            keep();
            waiters.serve(applied, () -> consumer.endOffsets(partitions));
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException | SchemaRegistryException | ReadModelException e) {
            model.examine(e);
            if (problem == null) {
                LOG.atWarn().addKeyValue("cause", e.getMessage()).log("read model waits");
            }
            problem = e instanceof ReadModelException
                    ? "the read model cannot be written: " + e.getMessage()
                    : "waits for the broker or the schema registry";
            pause();
        }
    }

    /** What is done now and then. */
    private void keep() {
        Instant now = clock.instant();
        if (tidied.plus(TIDIED).isBefore(now)) {
            Set<String> topics = projection.retention().topics();
            Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions.stream()
                    .filter(partition -> topics.contains(partition.topic()))
                    .toList());
            model.statements().transact(() -> projection.retention().apply(beginnings));
            tidied = now;
        }
        boolean atEnd = partitions.stream()
                .allMatch(partition -> consumer.currentLag(partition).orElse(1) == 0);
        if (atEnd && noted.plus(NOTED).isBefore(now)) {
            note();
        }
    }

    private void note() {
        noted = clock.instant();
        model.statements().transact(() -> positions.followed(noted));
    }

    private void apply(ConsumerRecords<byte[], byte[]> records) {
        Set<String> topics =
                records.partitions().stream().map(TopicPartition::topic).collect(Collectors.toSet());
        boolean live = projection.liveTopics().containsAll(topics);
        try {
            if (live) {
                records.forEach(projection::apply);
            } else {
                model.statements().transact(() -> write(records));
            }
        } catch (RuntimeException e) {
            projection.forget();
            rewind(records);
            throw e;
        }
        Set<String> names = topics.stream().map(projection::plainName).collect(Collectors.toUnmodifiableSet());
        if (live) {
            model.tell(names);
        } else {
            model.changed(names, projection.changed());
        }
    }

    private void write(ConsumerRecords<byte[], byte[]> records) {
        records.forEach(projection::apply);
        projection.complete();
        for (TopicPartition partition : records.partitions()) {
            if (!projection.liveTopics().contains(partition.topic())) {
                positions.put(partition, consumer.position(partition));
            }
        }
    }

    /** None of it was written; what stays in memory may be applied twice. */
    private void rewind(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            consumer.seek(partition, records.records(partition).getFirst().offset());
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
}
