package dev.forebear.alerts;

import dev.forebear.platform.EmbeddedPlatform;
import dev.forebear.platform.EmbeddedPlatformConfig;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.LineageReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A real broker and schema registry, each test with topics of its own. */
public final class Wire implements AutoCloseable {

    private static final int PARTITIONS = 3;

    private final EmbeddedPlatform platform;
    private final SchemaRegistryClient schemas;
    private final KafkaProducer<byte[], byte[]> producer;

    public Wire(Path data) {
        platform = EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(data));
        schemas = new SchemaRegistryClient(SchemaRegistryConfig.of(platform.schemaRegistryUrl()));
        producer = new KafkaProducer<>(
                KafkaConfig.of(platform.bootstrapServers()).clientProperties(),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Fresh topics with this prefix. */
    public WireConfig create(String prefix) {
        var kafka = new KafkaConfig(platform.bootstrapServers(), prefix, Map.of());
        new TopicAdmin(kafka).create(PARTITIONS, (short) 1);
        return new WireConfig(kafka, SchemaRegistryConfig.of(platform.schemaRegistryUrl()));
    }

    /** Writes a report as the matcher does: into the partition of its model. */
    public void report(WireConfig wire, LineageReport report) {
        String topic = wire.kafka().topic(Topics.LINEAGE_REPORTS);
        String modelId = report.getRegistry() + "/" + report.getName();
        send(new ProducerRecord<>(
                topic,
                Topics.partition(modelId, PARTITIONS),
                report.getModelVersionId().getBytes(StandardCharsets.UTF_8),
                new AvroSerde<>(LineageReport.class, schemas).serializer().serialize(topic, report)));
    }

    public <V extends SpecificRecord> RecordMetadata write(WireConfig wire, Topic<V> topic, String key, V value) {
        String name = wire.kafka().topic(topic);
        return writeBytes(
                wire,
                topic,
                key,
                new AvroSerde<>(topic.type(), schemas).serializer().serialize(name, value));
    }

    /** Writes a record without waiting for it; {@link #flush} does. */
    public <V extends SpecificRecord> void send(WireConfig wire, Topic<V> topic, String key, V value) {
        String name = wire.kafka().topic(topic);
        byte[] bytes = new AvroSerde<>(topic.type(), schemas).serializer().serialize(name, value);
        producer.send(new ProducerRecord<>(name, key.getBytes(StandardCharsets.UTF_8), bytes));
    }

    /** Waits until all that was sent is there. */
    public void flush() {
        producer.flush();
    }

    /** Writes many by their keys; returns when all are acknowledged. */
    public <V extends SpecificRecord> void writeAll(WireConfig wire, Topic<V> topic, Map<String, V> values) {
        String name = wire.kafka().topic(topic);
        var serializer = new AvroSerde<>(topic.type(), schemas).serializer();
        values.forEach((key, value) -> producer.send(
                new ProducerRecord<>(name, key.getBytes(StandardCharsets.UTF_8), serializer.serialize(name, value))));
        producer.flush();
    }

    public <V extends SpecificRecord> RecordMetadata writeBytes(
            WireConfig wire, Topic<V> topic, String key, byte @Nullable [] value) {
        return send(new ProducerRecord<>(wire.kafka().topic(topic), key.getBytes(StandardCharsets.UTF_8), value));
    }

    private RecordMetadata send(ProducerRecord<byte[], byte[]> record) {
        try {
            return producer.send(record).get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The schema registry of all tests. */
    public SchemaRegistryClient schemas() {
        return schemas;
    }

    /** Everything that the topic holds now. */
    public <V extends SpecificRecord> List<V> read(WireConfig wire, Topic<V> topic) {
        String name = wire.kafka().topic(topic);
        var deserializer = new AvroSerde<>(topic.type(), schemas).deserializer();
        return records(wire, Set.of(name)).stream()
                .map(record -> deserializer.deserialize(name, record.value()))
                .toList();
    }

    /** All records that the topics, by their names on the broker, hold now. */
    public List<ConsumerRecord<byte[], byte[]>> records(WireConfig wire, Set<String> topics) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<String, Object> properties = wire.kafka().clientProperties();
        // What asks for ends, or closes, waits for the fetch before it.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 5);
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    @Override
    public void close() {
        producer.close();
        schemas.close();
        platform.close();
    }
}
