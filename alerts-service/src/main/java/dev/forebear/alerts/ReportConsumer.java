package dev.forebear.alerts;

import dev.forebear.alerts.delivery.Couriers;
import dev.forebear.alerts.projection.TopicFollower;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryException;
import dev.forebear.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the reports to the processor, on a thread of its own, at least once: offsets are committed after the alerts
 * are written. Partitions given to this process are begun with only after the projection has caught up with what their
 * former owner wrote.
 */
final class ReportConsumer implements AutoCloseable {

    static final String GROUP = "forebear-alerts";

    private static final Logger LOG = LoggerFactory.getLogger(ReportConsumer.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CATCH_UP_TIMEOUT = Duration.ofMinutes(2);
    /** A killed process must not hold its partitions for the default of 45 s. */
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ReportProcessor processor;
    private final TopicFollower follower;
    private final Couriers couriers;
    private final List<Integer> fresh = new ArrayList<>();
    private final Thread thread;
    private volatile @Nullable String problem = "waits for partitions of the reports";
    private volatile boolean open = true;

    private ReportConsumer(KafkaConfig kafka, ReportProcessor processor, TopicFollower follower, Couriers couriers) {
        this.processor = processor;
        this.follower = follower;
        this.couriers = couriers;
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, kafka.topicPrefix() + GROUP);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, GROUP);
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.consumer.subscribe(List.of(kafka.topic(Topics.LINEAGE_REPORTS)), new Handover());
        this.thread = Thread.ofPlatform().name("alerts-reports").unstarted(this::run);
    }

    static ReportConsumer start(
            KafkaConfig kafka, ReportProcessor processor, TopicFollower follower, Couriers couriers) {
        var consumer = new ReportConsumer(kafka, processor, follower, couriers);
        consumer.thread.start();
        return consumer;
    }

    /** What keeps it from processing, in one line. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private void run() {
        try (consumer) {
            while (open) {
                step();
            }
        } catch (WakeupException | InterruptException | InterruptedException e) {
            LOG.debug("report consumer stopped");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("report consumer failed");
            problem = "reports are not processed any more; the log says why";
        }
    }

    private void step() throws InterruptedException {
        ConsumerRecords<byte[], byte[]> records = ConsumerRecords.empty();
        Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
        try {
            records = consumer.poll(POLL);
            if (takeOver()) {
                process(records, done);
                consumer.commitSync(done);
                processor.resolveDeleted(consumer.assignment().stream()
                        .map(TopicPartition::partition)
                        .collect(Collectors.toSet()));
                problem = null;
            } else {
                problem = "waits until the topics are read to their end";
                rewind(records, done);
            }
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException | SchemaRegistryException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("reports wait");
            problem = "waits for the broker or the schema registry";
            rewind(records, done);
            Thread.sleep(PAUSE);
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
        couriers.takeOver(fresh);
        LOG.atInfo().addKeyValue("partitions", List.copyOf(fresh)).log("partitions taken over");
        fresh.clear();
        return true;
    }

    private void process(ConsumerRecords<byte[], byte[]> records, Map<TopicPartition, OffsetAndMetadata> done)
            throws InterruptedException {
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                processor.process(record);
                done.put(partition, new OffsetAndMetadata(record.offset() + 1));
            }
        }
    }

    private void rewind(ConsumerRecords<byte[], byte[]> records, Map<TopicPartition, OffsetAndMetadata> done) {
        for (TopicPartition partition : records.partitions()) {
            if (consumer.assignment().contains(partition)) {
                OffsetAndMetadata next = done.get(partition);
                consumer.seek(
                        partition,
                        next == null ? records.records(partition).getFirst().offset() : next.offset());
            }
        }
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

    private final class Handover implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            fresh.addAll(numbers(partitions));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            fresh.removeAll(numbers(partitions));
            try {
                couriers.giveBack(numbers(partitions));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            fresh.removeAll(numbers(partitions));
            couriers.lose(numbers(partitions));
        }

        private static List<Integer> numbers(Collection<TopicPartition> partitions) {
            return partitions.stream().map(TopicPartition::partition).toList();
        }
    }
}
