package dev.forebear.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.AlertActionKind;
import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Data in all parts of a platform: records with a registered schema, and an object. */
final class PlatformData {

    private static final int RECORDS = 500;

    private static final String OBJECT = "helios-7b/v4/größe × 2.bin";

    /** What a process prints when its data is acknowledged. */
    static final String WRITTEN = "written";

    private PlatformData() {}

    /** Writes to a platform of its own, says so, and goes on writing until it is killed. */
    public static void main(String[] arguments) throws Exception {
        EmbeddedPlatform platform = EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(Path.of(arguments[0])));
        write(platform);
        System.out.println(WRITTEN);
        for (int next = RECORDS; ; next += RECORDS) {
            writeRecords(platform, next);
        }
    }

    /** Returns when everything is acknowledged. */
    static void write(EmbeddedPlatform platform) throws Exception {
        platform.createBucket("models");
        s3(platform)
                .putObject(PutObjectArgs.builder()
                        .bucket("models")
                        .object(OBJECT)
                        .data(object(), object().length)
                        .build());
        new TopicAdmin(KafkaConfig.of(platform.bootstrapServers())).create(1, (short) 1);
        writeRecords(platform, 0);
    }

    /** Fails unless everything is there that was acknowledged. */
    static void assertIn(EmbeddedPlatform platform) throws Exception {
        try (InputStream in = s3(platform)
                .getObject(
                        GetObjectArgs.builder().bucket("models").object(OBJECT).build())) {
            assertThat(in.readAllBytes()).isEqualTo(object());
        }
        new TopicAdmin(KafkaConfig.of(platform.bootstrapServers())).verify();
        assertThat(readRecords(platform))
                .startsWith(IntStream.range(0, RECORDS)
                        .mapToObj(PlatformData::action)
                        .toArray(AlertAction[]::new));
    }

    static MinioClient s3(EmbeddedPlatform platform) {
        return MinioClient.builder()
                .endpoint(platform.s3Endpoint().toString())
                .credentials("forebear", "forebear-secret")
                .build();
    }

    private static void writeRecords(EmbeddedPlatform platform, int first) {
        try (SchemaRegistryClient registry = registry(platform);
                AvroSerde<AlertAction> serde = new AvroSerde<>(AlertAction.class, registry);
                KafkaProducer<String, AlertAction> producer = new KafkaProducer<>(
                        KafkaConfig.of(platform.bootstrapServers()).clientProperties(),
                        new StringSerializer(),
                        serde.serializer())) {
            IntStream.range(first, first + RECORDS)
                    .mapToObj(PlatformData::action)
                    .forEach(action -> producer.send(
                            new ProducerRecord<>(Topics.ALERT_ACTIONS.name(), action.getAlertId(), action)));
            producer.flush();
        }
    }

    private static List<AlertAction> readRecords(EmbeddedPlatform platform) {
        TopicPartition partition = new TopicPartition(Topics.ALERT_ACTIONS.name(), 0);
        List<AlertAction> read = new ArrayList<>();
        try (SchemaRegistryClient registry = registry(platform);
                AvroSerde<AlertAction> serde = new AvroSerde<>(AlertAction.class, registry);
                KafkaConsumer<String, AlertAction> consumer = new KafkaConsumer<>(
                        KafkaConfig.of(platform.bootstrapServers()).clientProperties(),
                        new StringDeserializer(),
                        serde.deserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, AlertAction> record : consumer.poll(Duration.ofSeconds(1))) {
                    read.add(record.value());
                }
            }
        }
        return read;
    }

    private static SchemaRegistryClient registry(EmbeddedPlatform platform) {
        return new SchemaRegistryClient(SchemaRegistryConfig.of(platform.schemaRegistryUrl()));
    }

    private static AlertAction action(int number) {
        return AlertAction.newBuilder()
                .setAlertId("al_" + number)
                .setKind(AlertActionKind.RESOLVE)
                .setAuthor("ana@example.com")
                .setAt(Instant.ofEpochMilli(number))
                .build();
    }

    private static byte[] object() {
        byte[] bytes = new byte[100_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }
}
