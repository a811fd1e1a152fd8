package dev.forebear.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.forebear.platform.EmbeddedPlatform;
import dev.forebear.platform.EmbeddedPlatformConfig;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.AlertActionKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.entities.Config;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.entities.SubjectVersion;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord;
import org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Confluent's own client, with an Avro of its own, against the embedded registry and our topics. */
class ConfluentClientTest {

    private static final AvroSchema FIRST = new AvroSchema("""
        {"type":"record","name":"Model","doc":"Größe ×","fields":[{"name":"name","type":"string"}]}\
        """);

    private static final AvroSchema WITH_DEFAULT = new AvroSchema("""
        {"type":"record","name":"Model","fields":[{"name":"name","type":"string"},
        {"name":"size","type":"long","default":0}]}\
        """);

    private static final AvroSchema WITHOUT_DEFAULT = new AvroSchema("""
        {"type":"record","name":"Model","fields":[{"name":"name","type":"string"},
        {"name":"owner","type":"string"}]}\
        """);

    @TempDir
    static Path data;

    private static EmbeddedPlatform platform;
    private static CachedSchemaRegistryClient confluent;

    @BeforeAll
    static void start() {
        platform = EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(data));
        confluent = new CachedSchemaRegistryClient(platform.schemaRegistryUrl().toString(), 100);
    }

    @AfterAll
    static void stop() throws IOException {
        confluent.close();
        platform.close();
    }

    @Test
    void registersReadsAndFindsSchemas() throws IOException, RestClientException {
        int id = confluent.register("confluent-value", FIRST);

        assertThat(confluent.register("confluent-copy-value", FIRST)).isEqualTo(id);
        assertThat(confluent.getId("confluent-value", FIRST)).isEqualTo(id);
        assertThat(confluent.getVersion("confluent-value", FIRST)).isEqualTo(1);
        assertThat(confluent.getAllSubjects()).contains("confluent-value", "confluent-copy-value");
        assertThat(confluent.getAllSubjectsByPrefix("confluent-c")).containsExactly("confluent-copy-value");
        assertThat(confluent.getAllVersionsById(id))
                .contains(new SubjectVersion("confluent-value", 1), new SubjectVersion("confluent-copy-value", 1));
        assertThat(confluent.getAllSubjectsById(id)).contains("confluent-value", "confluent-copy-value");
        assertThat(confluent.getSchemas("confluent-v", false, true)).containsExactly(FIRST);
        confluent.reset();
        assertThat(confluent.getSchemaById(id)).isEqualTo(FIRST);
        assertThat(confluent.getLatestSchemaMetadata("confluent-value").getSchema())
                .isEqualTo(FIRST.canonicalString());
    }

    @Test
    void checksCompatibility() throws IOException, RestClientException {
        confluent.register("checked-value", FIRST);
        confluent.updateConfig("checked-value", new Config("FULL_TRANSITIVE"));

        assertThat(confluent.getConfig("checked-value").getCompatibilityLevel()).isEqualTo("FULL_TRANSITIVE");
        assertThat(confluent.testCompatibility("checked-value", WITH_DEFAULT)).isTrue();
        assertThat(confluent.testCompatibility("checked-value", WITHOUT_DEFAULT))
                .isFalse();
        assertThat(confluent.testCompatibilityVerbose("checked-value", WITHOUT_DEFAULT))
                .anyMatch(reason -> reason.contains("owner"));
        assertThatExceptionOfType(RestClientException.class)
                .isThrownBy(() -> confluent.register("checked-value", WITHOUT_DEFAULT))
                .matches(e -> e.getStatus() == 409 && e.getErrorCode() == 409)
                .withMessageContaining("checked-value");
        confluent.register("checked-value", WITH_DEFAULT);
        assertThat(confluent.getAllVersions("checked-value")).containsExactly(1, 2);
        confluent.deleteConfig("checked-value");
        assertThatExceptionOfType(RestClientException.class)
                .isThrownBy(() -> confluent.getConfig("checked-value"))
                .matches(e -> e.getErrorCode() == 40408);
    }

    @Test
    void deletesSoftlyThenForGood() throws IOException, RestClientException {
        int id = confluent.register("deleted-value", FIRST);
        confluent.register("deleted-value", WITH_DEFAULT);

        assertThat(confluent.deleteSchemaVersion("deleted-value", "2", false)).isEqualTo(2);
        assertThat(confluent.deleteSubject("deleted-value", false)).containsExactly(1);
        assertThat(confluent.getAllSubjects()).doesNotContain("deleted-value");
        assertThat(confluent.getAllSubjects(true)).contains("deleted-value");
        assertThat(confluent.deleteSubject("deleted-value", true)).containsExactly(1, 2);
        assertThat(confluent.getAllSubjects(true)).doesNotContain("deleted-value");
        confluent.reset();
        assertThat(confluent.register("deleted-value", WITHOUT_DEFAULT)).isGreaterThan(id);
    }

    @Test
    void isAlwaysAllowedToWrite() throws IOException, RestClientException {
        assertThat(confluent.getMode()).isEqualTo("READWRITE");
        assertThat(confluent.setMode("READWRITE")).isEqualTo("READWRITE");
        assertThatExceptionOfType(RestClientException.class)
                .isThrownBy(() -> confluent.setMode("READONLY"))
                .matches(e -> e.getErrorCode() == 42204);
    }

    @Test
    void decodesOurTopics() throws Exception {
        KafkaConfig kafka = KafkaConfig.of(platform.bootstrapServers());
        new TopicAdmin(kafka).create(2, (short) 1);
        AlertAction action = AlertAction.newBuilder()
                .setAlertId("al_5f0c2a1b9d3e4f60")
                .setKind(AlertActionKind.RESOLVE)
                .setAuthor("Zoë")
                .setAt(Instant.ofEpochMilli(1_795_165_200_000L))
                .build();
        write(kafka, action);

        ConsumerRecord<String, byte[]> record = read(kafka, kafka.topic(Topics.ALERT_ACTIONS));

        assertThat(record.key()).isEqualTo("al_5f0c2a1b9d3e4f60");
        GenericRecord decoded = decoded(record.value());
        assertThat(decoded.getSchema().getFullName()).isEqualTo("dev.forebear.schemas.wire.AlertAction");
        assertThat(decoded.get("author")).hasToString("Zoë");
        assertThat(decoded.get("kind")).hasToString("RESOLVE");
        assertThat(decoded.get("at")).isEqualTo(1_795_165_200_000L);
        assertThat(decoded.get("until")).isNull();
    }

    private static GenericRecord decoded(byte[] value) throws IOException, RestClientException {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        assertThat(bytes.get()).isZero();
        AvroSchema schema =
                (AvroSchema) confluent.getSchemaBySubjectAndId(Topics.ALERT_ACTIONS.subject(""), bytes.getInt());
        return new GenericDatumReader<GenericRecord>(schema.rawSchema())
                .read(null, DecoderFactory.get().binaryDecoder(value, bytes.position(), bytes.remaining(), null));
    }

    private static void write(KafkaConfig kafka, AlertAction action) throws Exception {
        try (SchemaRegistryClient registry =
                        new SchemaRegistryClient(SchemaRegistryConfig.of(platform.schemaRegistryUrl()));
                AvroSerde<AlertAction> serde = new AvroSerde<>(AlertAction.class, registry);
                KafkaProducer<String, AlertAction> producer =
                        new KafkaProducer<>(kafka.clientProperties(), new StringSerializer(), serde.serializer())) {
            producer.send(new ProducerRecord<>(kafka.topic(Topics.ALERT_ACTIONS), 0, action.getAlertId(), action))
                    .get();
        }
    }

    private static ConsumerRecord<String, byte[]> read(KafkaConfig kafka, String topic) {
        Map<String, Object> properties = kafka.clientProperties();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return consumer.poll(Duration.ofSeconds(20)).iterator().next();
        }
    }
}
