package dev.forebear.alerts;

import dev.forebear.alerts.delivery.Deliveries;
import dev.forebear.alerts.readmodel.ReadModelException;
import dev.forebear.alerts.readmodel.TopicFollower;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryException;
import dev.forebear.schemas.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that decides: takes the reports of the partitions that its group gives it, at least once, and does between
 * them whatever else is to be decided. Offsets are committed after the alerts are written. Partitions given to this
 * process are begun with only after the read model has caught up with what their former owner wrote.
 */
final class ReportConsumer implements AutoCloseable {

    static final String GROUP = "forebear-alerts";

    private static final Logger LOG = LoggerFactory.getLogger(ReportConsumer.class);
    /** Somebody may wait for what they did to an alert to show. */
    private static final Duration POLL = Duration.ofMillis(100);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(5);
    private static final Duration CATCH_UP_TIMEOUT = Duration.ofMinutes(2);
    /** A killed process must not hold its partitions for the default of 45 s. */
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;

    /** Reports of a storm are decided on together. */
    private static final int MOST_RECORDS = 500;
    /** Whoever closes it waits for the fetch under way. */
    private static final int FETCH_WAIT_MILLIS = 100;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ReportProcessor processor;
    private final Upkeep upkeep;
    private final TopicFollower follower;
    private final Ownership ownership;
    private final Deliveries deliveries;
    private final Set<TopicPartition> fresh = new HashSet<>();
    private final Thread thread;
    private Map<TopicPartition, OffsetAndMetadata> committed = Map.of();
    private long nextCommit = System.nanoTime();
    private volatile @Nullable String problem = "waits for partitions of the reports";
    private volatile boolean open = true;

    private ReportConsumer(
            KafkaConfig kafka,
            ReportProcessor processor,
            Upkeep upkeep,
            TopicFollower follower,
            Ownership ownership,
            Deliveries deliveries) {
        this.processor = processor;
        this.upkeep = upkeep;
        this.follower = follower;
        this.ownership = ownership;
        this.deliveries = deliveries;
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, kafka.topicPrefix() + GROUP);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, GROUP);
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.consumer.subscribe(List.of(kafka.topic(Topics.LINEAGE_REPORTS)), new Rebalance());
        this.thread = Thread.ofPlatform().name("alerts-decisions").unstarted(this::run);
    }

    static ReportConsumer start(
            KafkaConfig kafka,
            ReportProcessor processor,
            Upkeep upkeep,
            TopicFollower follower,
            Ownership ownership,
            Deliveries deliveries) {
        var consumer = new ReportConsumer(kafka, processor, upkeep, follower, ownership, deliveries);
        consumer.thread.start();
        return consumer;
    }

    /** What keeps it from processing, in one line. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void run() {
        try (consumer) {
            boolean busy = false;
            while (open) {
                busy = step(busy ? Duration.ZERO : POLL);
            }
        } catch (WakeupException | InterruptException | InterruptedException e) {
            LOG.debug("decisions stopped");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("decisions failed");
            problem = "nothing is decided any more; the log says why";
        }
    }

    /** One poll and what follows from it; whether there is more to do at once. */
    private boolean step(Duration wait) throws InterruptedException {
        ConsumerRecords<byte[], byte[]> records = ConsumerRecords.empty();
        try {
            records = consumer.poll(wait);
            if (!takeOver()) {
                problem = "waits until the topics are read to their end";
                rewind(records);
                return false;
            }
            processor.process(records);
            // Offsets of records that were processed must not wait for what follows.
            ConsumerRecords<byte[], byte[]> processed = records;
            records = ConsumerRecords.empty();
            boolean more = false;
            if (!ownership.partitions().isEmpty()) {
                more = upkeep.run();
                commit(!processed.isEmpty());
            }
            problem = null;
            return more;
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException | SchemaRegistryException | ReadModelException | JdbiException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("decisions wait");
            problem = "waits for the broker, the schema registry or the read model";
            rewind(records);
            Thread.sleep(PAUSE);
            return false;
        }
    }

    /** Takes over what was assigned since; false when it is too early for that. */
    private boolean takeOver() throws InterruptedException {
        if (fresh.isEmpty()) {
            return true;
        }
        if (!follower.catchUp(CATCH_UP_TIMEOUT)) {
            return false;
        }
        upkeep.takeOver(consumer.committed(fresh).values().stream()
                .filter(Objects::nonNull)
                .map(OffsetAndMetadata::metadata)
                .map(Bookmark::parse)
                .flatMap(Optional::stream)
                .toList());
        List<Integer> numbers = numbers(fresh);
        ownership.take(numbers);
        deliveries.wake();
        LOG.atInfo().addKeyValue("partitions", numbers).log("partitions taken over");
        fresh.clear();
        return true;
    }

    /** Offsets go with the bookmark, at once after reports and else now and then. */
    private void commit(boolean processed) {
        if (!processed && System.nanoTime() - nextCommit < 0) {
            return;
        }
        nextCommit = System.nanoTime() + COMMIT_INTERVAL.toNanos();
        String bookmark = upkeep.bookmark().text();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            if (ownership.partitions().contains(partition.partition())) {
                next.put(partition, new OffsetAndMetadata(consumer.position(partition), bookmark));
            }
        }
        if (!next.isEmpty() && !next.equals(committed)) {
            consumer.commitSync(next);
            committed = next;
        }
    }

    private void rewind(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            if (consumer.assignment().contains(partition)) {
                consumer.seek(partition, records.records(partition).getFirst().offset());
            }
        }
    }

    private static List<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).sorted().toList();
    }

    /** Leaves the group, so that others take over at once. */
    @Override
    public void close() {
        open = false;
        consumer.wakeup();
        try {
            if (!thread.join(Duration.ofSeconds(5))) {
                thread.interrupt();
                thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private final class Rebalance implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            fresh.addAll(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            onPartitionsLost(partitions);
            try {
                deliveries.awaitQuiet();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            fresh.removeAll(partitions);
            ownership.leave(numbers(partitions));
        }
    }
}
