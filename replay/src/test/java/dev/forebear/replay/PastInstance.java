package dev.forebear.replay;

import static org.awaitility.Awaitility.await;

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
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelUploaded;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker and schema registry; each test has topics of its own. */
final class PastInstance implements AutoCloseable {

    private static final int PARTITIONS = 2;

    private final EmbeddedPlatform platform;
    private final SchemaRegistryClient schemas;
    private final KafkaProducer<byte[], byte[]> producer;

    PastInstance(Path data) {
        platform = EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(data));
        schemas = new SchemaRegistryClient(SchemaRegistryConfig.of(platform.schemaRegistryUrl()));
        producer = new KafkaProducer<>(
                KafkaConfig.of(platform.bootstrapServers()).clientProperties(),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Fresh topics with this prefix. */
    WireConfig create(String prefix) {
        var kafka = new KafkaConfig(platform.bootstrapServers(), prefix, Map.of());
        new TopicAdmin(kafka).create(PARTITIONS, (short) 1);
        return new WireConfig(kafka, SchemaRegistryConfig.of(platform.schemaRegistryUrl()));
    }

    void announce(WireConfig wire, ModelUploaded upload) {
        write(wire, Topics.MODEL_UPLOADS, modelId(upload.getRegistry(), upload.getName()), upload);
    }

    void fingerprinted(WireConfig wire, ModelFingerprint model) {
        write(wire, Topics.MODEL_FINGERPRINTS, model.getModelVersionId(), model);
    }

    /** Into the partition of its model, as the matcher does. */
    void reported(WireConfig wire, LineageReport report) {
        int partition = Topics.partition(modelId(report.getRegistry(), report.getName()), PARTITIONS);
        write(wire, Topics.LINEAGE_REPORTS, partition, report.getModelVersionId(), report);
    }

    /** An upload that was fingerprinted. */
    ModelUploaded uploaded(WireConfig wire, String name, int day, int weights) {
        ModelUploaded upload = Past.upload(name, day);
        announce(wire, upload);
        fingerprinted(wire, Past.fingerprint(upload, weights));
        return upload;
    }

    /** One whose weights nominate others of the same function. */
    ModelUploaded functional(WireConfig wire, String name, int day, int weights) {
        ModelUploaded upload = Past.upload(name, day);
        announce(wire, upload);
        fingerprinted(wire, Past.withFunction(upload, weights, 1));
        return upload;
    }

    <V extends SpecificRecord> void write(WireConfig wire, Topic<V> topic, String key, V value) {
        write(wire, topic, Topics.partition(key, PARTITIONS), key, value);
    }

    private <V extends SpecificRecord> void write(WireConfig wire, Topic<V> topic, int partition, String key, V value) {
        String name = wire.kafka().topic(topic);
        byte[] bytes = new AvroSerde<>(topic.type(), schemas).serializer().serialize(name, value);
        try {
            producer.send(new ProducerRecord<>(name, partition, key.getBytes(StandardCharsets.UTF_8), bytes))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Everything that is committed in the topic now. */
    <V extends SpecificRecord> List<V> read(WireConfig wire, Topic<V> topic) {
        String name = wire.kafka().topic(topic);
        var deserializer = new AvroSerde<>(topic.type(), schemas).deserializer();
        Map<String, Object> properties = wire.kafka().clientProperties();
        properties.put("isolation.level", "read_committed");
        List<V> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> values.add(deserializer.deserialize(name, record.value())));
            }
        }
        return values;
    }

    /** Forgets the first records of each partition, as a compaction may. */
    <V extends SpecificRecord> void forget(WireConfig wire, Topic<V> topic, long before) {
        String name = wire.kafka().topic(topic);
        try (Admin admin = Admin.create(wire.kafka().clientProperties())) {
            // Brokers delete records of their own accord from such topics alone.
            var deleting =
                    new AlterConfigOp(new ConfigEntry("cleanup.policy", "compact,delete"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, name), List.of(deleting)))
                    .all()
                    .get();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                var place = new TopicPartition(name, partition);
                await().until(() -> isForgotten(admin, place, before));
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isForgotten(Admin admin, TopicPartition place, long before) throws InterruptedException {
        try {
            admin.deleteRecords(Map.of(place, RecordsToDelete.beforeOffset(before)))
                    .all()
                    .get();
            return true;
        } catch (ExecutionException e) {
            return false;
        }
    }

    private static String modelId(String registry, String name) {
        return registry + "/" + name;
    }

    @Override
    public void close() {
        producer.close();
        schemas.close();
        platform.close();
    }
}
