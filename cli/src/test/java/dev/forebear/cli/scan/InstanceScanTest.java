package dev.forebear.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.cli.Run;
import dev.forebear.cli.Zoo;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.match.MatchConfig;
import dev.forebear.match.MatchService;
import dev.forebear.platform.EmbeddedPlatform;
import dev.forebear.platform.EmbeddedPlatformConfig;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.signals.Fingerprinter;
import dev.forebear.worker.FingerprintRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks a matcher over a real broker. */
class InstanceScanTest {

    private static final int SHARDS = 2;

    private static EmbeddedPlatform platform;
    private static KafkaConfig kafka;
    private static MatchService matcher;

    @BeforeAll
    static void startTheInstance(@TempDir Path data) throws Exception {
        platform = EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(data.resolve("platform")));
        kafka = KafkaConfig.of(platform.bootstrapServers());
        new TopicAdmin(kafka).create(SHARDS, (short) 1);
        matcher = MatchService.start(new MatchConfig(
                new WireConfig(kafka, SchemaRegistryConfig.of(platform.schemaRegistryUrl())),
                new ListenAddress("127.0.0.1", 0),
                "matcher",
                data.resolve("state"),
                1,
                Duration.ofMillis(20)));
        publish("base-a", "base-b", "base-c");
    }

    @AfterAll
    static void stopTheInstance() {
        matcher.close();
        platform.close();
    }

    @Test
    void findsTheBaseInTheShardThatHoldsIt() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(scan("base-a-sft-light").out())
                        .startsWith("1 relative of base-a-sft-light found among 3 models of the instance at")
                        .containsPattern("hub/base-a@main +shared lineage +10\\^-\\d+ +0\\.\\d{3} +yes +apache-2\\.0"));
    }

    @Test
    void leavesNoReportAndNoFingerprintBehind() {
        await().atMost(Duration.ofSeconds(60)).until(() -> records(Topics.LINEAGE_REPORTS.name()) == 3);

        assertThat(scan("base-a-sft-heavy").exitCode()).isZero();

        assertThat(records(Topics.LINEAGE_REPORTS.name())).isEqualTo(3);
        assertThat(records(Topics.MODEL_FINGERPRINTS.name())).isEqualTo(3);
    }

    @Test
    void saysWhichTopicIsMissingWhereNoInstanceRuns() {
        Run run = Run.forebear(environment(Map.of("FOREBEAR_TOPIC_PREFIX", "other.")), "scan", Zoo.location("base-a"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).singleElement().asString().contains("other.lineage-queries");
    }

    @Test
    void saysThatNoMatcherAnswers() {
        new TopicAdmin(new KafkaConfig(platform.bootstrapServers(), "silent.", Map.of())).create(SHARDS, (short) 1);

        Run run = Run.forebear(
                environment(Map.of("FOREBEAR_TOPIC_PREFIX", "silent.")),
                "scan",
                Zoo.location("base-a"),
                "--timeout",
                "1");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .contains("expected answers of 2 shards within 1 s, found 0");
    }

    private static Run scan(String model) {
        return Run.forebear(
                "scan",
                Zoo.location(model),
                "--kafka",
                platform.bootstrapServers(),
                "--schema-registry",
                platform.schemaRegistryUrl().toString());
    }

    private static Map<String, String> environment(Map<String, String> more) {
        return Map.of(
                "FOREBEAR_KAFKA", platform.bootstrapServers(),
                "FOREBEAR_SCHEMA_REGISTRY", platform.schemaRegistryUrl().toString(),
                "FOREBEAR_TOPIC_PREFIX", more.get("FOREBEAR_TOPIC_PREFIX"));
    }

    private static void publish(String... models) throws Exception {
        try (var registry = new SchemaRegistryClient(SchemaRegistryConfig.of(platform.schemaRegistryUrl()));
                var serde = new AvroSerde<>(ModelFingerprint.class, registry);
                var producer =
                        new KafkaProducer<>(kafka.clientProperties(), new StringSerializer(), serde.serializer())) {
            for (String model : models) {
                ModelFingerprint record = fingerprinted(model);
                producer.send(new ProducerRecord<>(
                                kafka.topic(Topics.MODEL_FINGERPRINTS), record.getModelVersionId(), record))
                        .get();
            }
        }
    }

    private static ModelFingerprint fingerprinted(String model) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(new FolderStorage(Zoo.folder(model)))) {
            return ModelFingerprint.newBuilder()
                    .setModelVersionId("hub/" + model + "@main")
                    .setRegistry("hub")
                    .setName(model)
                    .setVersion("main")
                    .setLocation("s3://hub/" + model)
                    .setUploadEventId("event-" + model)
                    .setFingerprint(FingerprintRecords.wire(Fingerprinter.fingerprint(checkpoint)))
                    .setDeclaredBases(List.of())
                    .setLicence("apache-2.0")
                    .setLane(Lane.INTERACTIVE)
                    .setUploadedAt(Instant.EPOCH)
                    .setFingerprintedAt(Instant.EPOCH)
                    .setBytesRead(1)
                    .setRequests(1)
                    .setElapsedMillis(1)
                    .setCorrelationId("correlation-" + model)
                    .build();
        }
    }

    /** Records of a topic, without the marks of transactions. */
    private static long records(String topic) {
        var properties = kafka.clientProperties();
        properties.put("isolation.level", "read_committed");
        properties.put("auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            long count = 0;
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                count += consumer.poll(Duration.ofMillis(200)).count();
            }
            return count;
        }
    }
}
