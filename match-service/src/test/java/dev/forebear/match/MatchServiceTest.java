package dev.forebear.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.Verdict;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The matcher against a real broker, several shards and several instances. Every test has topics of its own. */
class MatchServiceTest {

    private static final int SHARDS = 3;

    private static EmbeddedPlatform platform;
    private static SchemaRegistryClient registry;

    @TempDir
    private Path state;

    @BeforeAll
    static void startPlatform(@TempDir Path data) {
        platform = EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(data));
        registry = new SchemaRegistryClient(SchemaRegistryConfig.of(platform.schemaRegistryUrl()));
    }

    @AfterAll
    static void stopPlatform() {
        registry.close();
        platform.close();
    }

    private KafkaConfig topics(String prefix) {
        var kafka = new KafkaConfig(platform.bootstrapServers(), prefix, Map.of());
        new TopicAdmin(kafka).create(SHARDS, (short) 1);
        return kafka;
    }

    private MatchService start(KafkaConfig kafka, String instance) {
        return MatchService.start(new MatchConfig(
                new WireConfig(kafka, SchemaRegistryConfig.of(platform.schemaRegistryUrl())),
                new ListenAddress("127.0.0.1", 0),
                "matcher",
                state.resolve(instance),
                1,
                Duration.ofMillis(20)));
    }

    private static void publish(KafkaConfig kafka, ModelFingerprint... models) {
        try (var serde = new AvroSerde<>(ModelFingerprint.class, registry);
                var producer =
                        new KafkaProducer<>(kafka.clientProperties(), new StringSerializer(), serde.serializer())) {
            for (var model : models) {
                producer.send(new ProducerRecord<>(
                                kafka.topic(Topics.MODEL_FINGERPRINTS), model.getModelVersionId(), model))
                        .get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** All reports that were committed so far. */
    private static List<LineageReport> reports(KafkaConfig kafka) {
        try (var serde = new AvroSerde<>(LineageReport.class, registry);
                var consumer = new KafkaConsumer<>(committed(kafka), new StringDeserializer(), serde.deserializer())) {
            return readAll(consumer, kafka.topic(Topics.LINEAGE_REPORTS));
        }
    }

    private static Map<String, Object> committed(KafkaConfig kafka) {
        var properties = new HashMap<>(kafka.clientProperties());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // What asks for ends, or closes, waits for the fetch before it.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 5);
        return properties;
    }

    private static <V> List<V> readAll(KafkaConsumer<String, V> consumer, String topic) {
        var partitions = consumer.partitionsFor(topic).stream()
                .map(one -> new TopicPartition(topic, one.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        var values = new ArrayList<V>();
        while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
        }
        return values;
    }

    private static void awaitReports(KafkaConfig kafka, int count) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(reports(kafka)).hasSizeGreaterThanOrEqualTo(count));
    }

    @Test
    void findsTheBaseInWhicheverShardItLies() {
        var kafka = topics("shards-");
        try (var matcher = start(kafka, "one")) {
            publish(
                    kafka,
                    IntStream.range(0, 12)
                            .mapToObj(i -> Models.model("base-" + i, i + 1, i))
                            .toArray(ModelFingerprint[]::new));
            awaitReports(kafka, 12);
            publish(
                    kafka,
                    IntStream.range(0, 12)
                            .mapToObj(i -> Models.model("copy-" + i, i + 1, 100 + i))
                            .toArray(ModelFingerprint[]::new));
            awaitReports(kafka, 24);

            assertThat(matcher.port()).isPositive();
        }

        assertThat(reports(kafka))
                .hasSize(24)
                .filteredOn(report -> report.getName().startsWith("copy-"))
                .allSatisfy(report -> assertThat(report.getMatches())
                        .singleElement()
                        .satisfies(match -> {
                            assertThat(match.getName())
                                    .isEqualTo(report.getName().replace("copy", "base"));
                            assertThat(match.getVerdict()).isEqualTo(Verdict.SAME_WEIGHTS);
                        }));
    }

    @Test
    void losesNothingWhenOneOfTwoInstancesEndsMidway() {
        var kafka = topics("instances-");
        int models = 60;
        var first = start(kafka, "one");
        try (var second = start(kafka, "two")) {
            publish(
                    kafka,
                    IntStream.range(0, models / 2)
                            .mapToObj(i -> Models.model("m-" + i, i + 1, i))
                            .toArray(ModelFingerprint[]::new));
            awaitReports(kafka, 1);
            first.close();
            publish(
                    kafka,
                    IntStream.range(models / 2, models)
                            .mapToObj(i -> Models.model("m-" + i, i + 1, i))
                            .toArray(ModelFingerprint[]::new));
            awaitReports(kafka, models);

            assertThat(second.port()).isPositive();
        }

        assertThat(reports(kafka).stream().map(LineageReport::getModelVersionId))
                .hasSize(models)
                .doesNotHaveDuplicates();
    }

    @Test
    void knowsAfterARestartWhatItKnewBefore() {
        var kafka = topics("restart-");
        try (var matcher = start(kafka, "one")) {
            publish(kafka, Models.model("base", 1, 0));
            awaitReports(kafka, 1);
            assertThat(matcher.port()).isPositive();
        }
        try (var matcher = start(kafka, "one")) {
            publish(kafka, Models.model("copy", 1, 1));
            awaitReports(kafka, 2);
            assertThat(matcher.port()).isPositive();
        }

        assertThat(reports(kafka))
                .filteredOn(report -> report.getName().equals("copy"))
                .singleElement()
                .satisfies(report -> assertThat(report.getMatches()).hasSize(1));
    }

    @Test
    void putsARecordThatCannotBeDecodedAsideAndGoesOn() throws Exception {
        var kafka = topics("undecodable-");
        var topic = kafka.topic(Topics.MODEL_FINGERPRINTS);
        try (var producer =
                new KafkaProducer<>(kafka.clientProperties(), new StringSerializer(), new ByteArraySerializer())) {
            for (int partition = 0; partition < SHARDS; partition++) {
                producer.send(new ProducerRecord<>(topic, partition, "hub/bad@1", new byte[] {1, 2, 3}))
                        .get();
            }
        }
        try (var matcher = start(kafka, "one")) {
            publish(kafka, Models.model("good", 1, 0));
            awaitReports(kafka, 1);
            assertThat(matcher.port()).isPositive();
        }

        try (var serde = new AvroSerde<>(DeadLetter.class, registry);
                var consumer = new KafkaConsumer<>(committed(kafka), new StringDeserializer(), serde.deserializer())) {
            assertThat(readAll(consumer, kafka.topic(Topics.DEAD_LETTERS)))
                    .hasSize(SHARDS)
                    .allSatisfy(letter -> {
                        assertThat(letter.getReason()).isEqualTo("undecodable");
                        assertThat(letter.getOriginTopic()).isEqualTo(topic);
                        assertThat(letter.getValue().array()).containsExactly(1, 2, 3);
                    });
        }
    }

    @Test
    void tellsWhenItIsReady() throws Exception {
        var kafka = topics("ready-");
        try (var matcher = start(kafka, "one");
                var client = HttpClient.newHttpClient()) {
            var ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + matcher.port() + "/health/ready"))
                    .build();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    client.send(ready, BodyHandlers.ofString()).statusCode())
                            .isEqualTo(200));
        }
    }
}
