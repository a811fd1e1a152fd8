package dev.forebear.ingest.source;

import dev.forebear.ingest.publication.NotStoredException;
import dev.forebear.ingest.registration.KafkaSource;
import dev.forebear.schemas.DeadLetters;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Events on a topic. An offset is committed when our broker has everything before it. */
final class KafkaEvents implements EventSource {

    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int RECONNECT_MILLIS = 2_000;
    /** Taken in long before the group takes the partitions away, even when the broker is slow. */
    private static final int MAX_RECORDS = 100;
    /** A killed process must not hold its partitions for the default of 45 s. */
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;

    private final String alias;
    private final KafkaSource source;
    private final Intake intake;
    private final DeadLetters deadLetters;
    private final InstantSource clock;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;

    KafkaEvents(String alias, KafkaSource source, Intake intake, DeadLetters deadLetters, InstantSource clock) {
        this.alias = alias;
        this.source = source;
        this.intake = intake;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /** The consumer group of a registry. */
    static String group(String alias) {
        return "forebear-" + alias;
    }

    @Override
    public String alias() {
        return alias;
    }

    @Override
    public String word() {
        return "kafka";
    }

    @Override
    public Duration fetch() throws IOException, NotStoredException {
        KafkaConsumer<byte[], byte[]> connected = connected();
        ConsumerRecords<byte[], byte[]> records = connected.poll(POLL);
        if (records.isEmpty() && !isConnected(connected)) {
            throw new IOException("expected a broker at " + source.bootstrap() + ", found none");
        }
        Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
        try {
            return takeIn(records, done);
        } finally {
            goOn(connected, records, done);
        }
    }

    private Duration takeIn(ConsumerRecords<byte[], byte[]> records, Map<TopicPartition, OffsetAndMetadata> done)
            throws NotStoredException {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Duration wait = intake.take(
                    alias,
                    KafkaBinding.request(record, clock.instant()),
                    letter -> deadLetters.of(record, letter.reason(), letter.message()));
            if (wait.isPositive()) {
                return wait;
            }
            done.put(
                    new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
        }
        return Duration.ZERO;
    }

    private static void goOn(
            KafkaConsumer<byte[], byte[]> consumer,
            ConsumerRecords<byte[], byte[]> records,
            Map<TopicPartition, OffsetAndMetadata> done) {
        for (TopicPartition partition : records.partitions()) {
            OffsetAndMetadata next = done.get(partition);
            long first = records.records(partition).getFirst().offset();
            if (next == null || records.records(partition).getLast().offset() >= next.offset()) {
                consumer.seek(partition, next == null ? first : next.offset());
            }
        }
        if (!done.isEmpty()) {
            consumer.commitSync(done, TIMEOUT);
        }
    }

    private KafkaConsumer<byte[], byte[]> connected() throws IOException {
        KafkaConsumer<byte[], byte[]> known = consumer;
        if (known != null) {
            return known;
        }
        KafkaConsumer<byte[], byte[]> opened =
                new KafkaConsumer<>(properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer = opened;
        if (opened.partitionsFor(source.topic(), TIMEOUT).isEmpty()) {
            throw new IOException("expected the topic " + source.topic() + ", found none of that name");
        }
        opened.subscribe(List.of(source.topic()));
        return opened;
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(source.properties());
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, source.bootstrap());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group(alias));
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_RECORDS);
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
        properties.put(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, RECONNECT_MILLIS);
        properties.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MILLIS);
        return properties;
    }

    private static boolean isConnected(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("connection-count"))
                .anyMatch(metric -> metric.metricValue() instanceof Double count && count > 0);
    }

    @Override
    public void close() {
        if (consumer != null) {
            try {
                consumer.close(CloseOptions.timeout(TIMEOUT));
            } finally {
                consumer = null;
            }
        }
    }
}
