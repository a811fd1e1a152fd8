package dev.forebear.cli.system.demo;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.DeliveryOutcome;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageReport;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * What has come out of the system so far, read from its topics as any consumer reads them. A reader of its own thread:
 * call {@link #read} from one thread, ask from any.
 */
final class Found implements AutoCloseable {

    private static final String ALERTS_GROUP = "forebear-alerts";
    private static final Duration QUIET = Duration.ofSeconds(5);
    /** Alerts of the last reports are written with the word that these are judged, and read after it. */
    private static final Duration LAST_ALERTS = Duration.ofSeconds(2);

    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<String, LineageReport> reports = new ConcurrentHashMap<>();
    private final Map<String, LineageAlert> alerts = new ConcurrentHashMap<>();
    /** Alerts that a message told of, or that were given up. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    private Instant lastReport = Instant.now();
    /** Since when all reports are judged; null while they are not. */
    private @Nullable Instant judged;

    private final Map<TopicPartition, Long> readUpTo = new HashMap<>();
    private final KafkaConfig kafka;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Admin admin;
    private final Map<String, Consumer<byte[]>> readers = new HashMap<>();

    Found(KafkaConfig kafka, SchemaRegistryClient registry) {
        this.kafka = kafka;
        var properties = kafka.clientProperties();
        admin = Admin.create(properties);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        readWith(Topics.LINEAGE_REPORTS, registry, report -> reports.put(report.getModelVersionId(), report));
        readWith(Topics.LINEAGE_ALERTS, registry, alert -> alerts.put(alert.getAlertId(), alert));
        readWith(Topics.ALERT_DELIVERIES, registry, delivery -> {
            if (delivery.getOutcome() != DeliveryOutcome.RETRYING) {
                delivery.getTells().forEach(alert -> told.add(alert.getAlertId()));
            }
        });
        var partitions = readers.keySet().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private <V extends SpecificRecord> void readWith(
            Topic<V> topic, SchemaRegistryClient registry, Consumer<V> reader) {
        var name = kafka.topic(topic);
        var deserializer = new AvroSerde<>(topic.type(), registry).deserializer();
        readers.put(name, bytes -> reader.accept(deserializer.deserialize(name, bytes)));
    }

    /** Takes in what arrived since. */
    void read() {
        for (var record : consumer.poll(POLL)) {
            var reader = readers.get(record.topic());
            if (reader != null && record.value() != null) {
                reader.accept(record.value());
            }
            if (record.topic().equals(kafka.topic(Topics.LINEAGE_REPORTS))) {
                lastReport = Instant.now();
                readUpTo.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            }
        }
    }

    /** Last report of every model version. */
    Map<String, LineageReport> reports() {
        return reports;
    }

    Map<String, LineageAlert> alerts() {
        return new LinkedHashMap<>(alerts);
    }

    /** Model versions whose report is not waiting for the weights. */
    long reported() {
        return reports.values().stream()
                .filter(report -> report.getConfirmation() != ConfirmationState.PENDING)
                .count();
    }

    /**
     * Whether every report read here has been judged by the policy, every alert been told or given up, and no report
     * came for so long that none is to be expected.
     */
    boolean settled() throws InterruptedException {
        if (!judgedAllReports()) {
            judged = null;
            return false;
        }
        judged = judged == null ? Instant.now() : judged;
        return lastReport.plus(QUIET).isBefore(Instant.now())
                && judged.plus(LAST_ALERTS).isBefore(Instant.now())
                && alerts.values().stream()
                        .allMatch(
                                alert -> alert.getState() == AlertState.RESOLVED || told.contains(alert.getAlertId()));
    }

    private boolean judgedAllReports() throws InterruptedException {
        try {
            var offsets = admin.listConsumerGroupOffsets(kafka.topicPrefix() + ALERTS_GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return readUpTo.entrySet().stream().allMatch(read -> {
                var offset = offsets.get(read.getKey());
                return offset != null && offset.offset() >= read.getValue();
            });
        } catch (ExecutionException e) {
            return false;
        }
    }

    @Override
    public void close() {
        consumer.close();
        admin.close();
    }
}
