package dev.forebear.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.ingest.completion.CompletionConfig;
import dev.forebear.ingest.publication.NotStoredException;
import dev.forebear.ingest.publication.Publisher;
import dev.forebear.ingest.reconcile.ReconcileConfig;
import dev.forebear.ingest.registration.KafkaSource;
import dev.forebear.ingest.registration.Rate;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.ingest.registration.Sources;
import dev.forebear.ingest.sender.Sample;
import dev.forebear.ingest.source.EventSources;
import dev.forebear.ingest.source.Intake;
import dev.forebear.ingest.source.TestQueue;
import dev.forebear.ingest.status.RegistryTallies;
import dev.forebear.platform.EmbeddedPlatform;
import dev.forebear.platform.EmbeddedPlatformConfig;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.runtime.Metrics;
import dev.forebear.schemas.DeadLetters;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.ObjectChanged;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Events that registries write to topics. One broker is theirs and ours; each test has a registry of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventSourcesTest {

    private static final InstantSource CLOCK = () -> Sample.TIME;

    private final Metrics metrics = new Metrics("test");
    private EmbeddedPlatform platform;
    private KafkaConfig kafka;
    private Admin admin;
    private SchemaRegistryClient schemas;
    private Publisher publisher;
    private WrittenTopics written;

    @BeforeAll
    void startPlatform(@TempDir Path folder) {
        platform = EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(folder));
        kafka = KafkaConfig.of(platform.bootstrapServers());
        new TopicAdmin(kafka).create(1, (short) 1);
        admin = Admin.create(kafka.clientProperties());
        schemas = new SchemaRegistryClient(SchemaRegistryConfig.of(platform.schemaRegistryUrl()));
        publisher = new Publisher(kafka, schemas, Duration.ofSeconds(5));
    }

    @AfterAll
    void stopPlatform() {
        publisher.close();
        schemas.close();
        admin.close();
        metrics.close();
        platform.close();
    }

    @BeforeEach
    void remember() {
        written = WrittenTopics.since(kafka, platform.schemaRegistryUrl());
    }

    @Test
    void readsTheBucketEventsThatAStoreWritesToATopic() throws Exception {
        Registration lake = registry("lake", RegistryKind.S3);
        write("lake", Map.of(), Sample.body("minio-05-kafka-value"));

        try (var sources = start(lake, intake(lake))) {
            await().untilAsserted(() -> assertThat(written.read(Topics.OBJECT_CHANGES, ObjectChanged.class))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record.value().getRegistry()).isEqualTo("lake");
                        assertThat(record.value().getName()).isEqualTo("helios-7b");
                        assertThat(record.value().getPath()).isEqualTo("adapter_config.json");
                    }));
        }
        assertThat(committed("lake")).isEqualTo(1);
    }

    @Test
    void readsCloudEventsInBothModesAndCountsThemLikePostedOnes() throws Exception {
        Registration events = registry("events", RegistryKind.CLOUD_EVENTS);
        write("events", Sample.recordHeaders("cloudevents-02-binary"), Sample.body("cloudevents-02-binary"));
        write(
                "events",
                Map.of("content-type", "application/cloudevents+json; charset=UTF-8"),
                Sample.body("cloudevents-01-structured"));

        try (var sources = start(events, intake(events))) {
            await().until(() -> count("events", "accepted") + count("events", "duplicate") == 2);
        }

        // Both samples are the same event.
        assertThat(written.uploads())
                .singleElement()
                .satisfies(
                        record -> assertThat(record.value().getModelVersionId()).isEqualTo("events/helios-7b@4"));
    }

    @Test
    void putsPoisonAsideWithItsPlaceAndReadsTheNextRecord() throws Exception {
        Registration poisoned = registry("poisoned", RegistryKind.CLOUD_EVENTS);
        byte[] poison = "{\"Records\": [".getBytes(StandardCharsets.UTF_8);
        write("poisoned", Map.of("ce_id", "1"), poison);
        write("poisoned", Map.of("content-type", "application/cloudevents+avro"), poison);
        write("poisoned", Sample.recordHeaders("cloudevents-02-binary"), Sample.body("cloudevents-02-binary"));

        try (var sources = start(poisoned, intake(poisoned))) {
            await().untilAsserted(() -> assertThat(written.uploads()).hasSize(1));
        }

        assertThat(written.deadLetters())
                .extracting(record -> record.key() + " " + record.value().getReason())
                .containsExactly("poisoned-events/0/0 malformed", "poisoned-events/0/1 unsupported");
        assertThat(written.deadLetters().getFirst().value().getValue().array()).isEqualTo(poison);
        assertThat(committed("poisoned")).isEqualTo(3);
    }

    @Test
    void saysTheSameAgainAndLosesNothingWhenItIsKilledBetweenPublishingAndCommitting() throws Exception {
        Registration killed = registry("killed", RegistryKind.CLOUD_EVENTS);
        event("killed", "a");
        Intake real = intake(killed);
        try (var sources = start(killed, (alias, event, letters) -> {
            real.take(alias, event, letters);
            throw new IllegalStateException("killed");
        })) {
            await().untilAsserted(() -> assertThat(written.uploads()).hasSize(1));
        }
        assertThat(committed("killed")).isZero();
        event("killed", "b");

        try (var next = start(killed, intake(killed))) {
            await().untilAsserted(() -> assertThat(written.uploads()).hasSize(3));
        }

        assertThat(written.uploads())
                .extracting(record -> record.value().getEventId())
                .satisfies(ids -> assertThat(ids.get(0)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2)));
        assertThat(committed("killed")).isEqualTo(2);
    }

    @Test
    void bringsAnEventAgainThatTheBrokerDidNotTake() throws Exception {
        Registration patient = registry("patient", RegistryKind.CLOUD_EVENTS);
        List.of("a", "b", "c").forEach(id -> event("patient", id));
        Intake real = intake(patient);
        var calls = new AtomicInteger();

        try (var sources = start(patient, (alias, event, letters) -> {
            if (calls.incrementAndGet() == 2) {
                throw new NotStoredException("away", null);
            }
            return real.take(alias, event, letters);
        })) {
            await().untilAsserted(() -> assertThat(written.uploads()).hasSize(3));
        }

        assertThat(calls).hasValue(4);
        assertThat(committed("patient")).isEqualTo(3);
    }

    @Test
    void waitsWhenMoreIsWrittenThanWasAgreed() throws Exception {
        Registration limited = registry("limited", RegistryKind.CLOUD_EVENTS).limitedTo(Rate.parse("2/h"));
        List.of("a", "b", "c").forEach(id -> event("limited", id));

        try (var sources = start(limited, intake(limited))) {
            await().untilAsserted(() -> assertThat(committed("limited")).isEqualTo(2));
        }

        assertThat(written.uploads()).hasSize(2);
        assertThat(written.deadLetters()).isEmpty();
    }

    @Test
    void readsTheBucketEventsThatAmazonPutsIntoAQueueHoweverTheyAreWrapped() throws Exception {
        byte[] plain = Sample.body("aws-01-s3-notification-sqs-message");
        byte[] poison = "{\"Records\": [".getBytes(StandardCharsets.UTF_8);
        try (var queue = TestQueue.start()) {
            Registration amazon =
                    Registration.open("amazon", RegistryKind.S3).fetchedFrom(Sources.only(queue.source()));
            for (byte[] body : List.of(
                    plain,
                    Sample.bytes("aws-02-s3-test-event.json"),
                    poison,
                    ofSns(plain),
                    Sample.body("aws-03-eventbridge-object-created"))) {
                queue.send(body);
            }
            try (var sources = start(amazon, intake(amazon))) {
                await().until(() -> queue.size() == 0);
            }
        }

        assertThat(written.read(Topics.OBJECT_CHANGES, ObjectChanged.class))
                .isNotEmpty()
                .allSatisfy(record -> assertThat(record.value().getRegistry()).isEqualTo("amazon"));
        assertThat(written.deadLetters()).singleElement().satisfies(record -> {
            assertThat(record.value().getReason()).isEqualTo("malformed");
            assertThat(record.value().getOriginTopic()).endsWith("/models");
            assertThat(record.value().getValue().array()).isEqualTo(poison);
        });
        assertThat(count("amazon", "accepted") + count("amazon", "duplicate")).isEqualTo(3);
        assertThat(count("amazon", "ignored")).isEqualTo(1);
    }

    private static byte[] ofSns(byte[] body) throws Exception {
        return new ObjectMapper()
                .writeValueAsBytes(Map.of(
                        "Type", "Notification",
                        "TopicArn", "arn:aws:sns:eu-central-1:123456789012:models",
                        "Message", new String(body, StandardCharsets.UTF_8)));
    }

    @Test
    void isHealthyWhileARegistrysBrokerIsAwayAndLetsNobodyPostInItsName() throws Exception {
        Registration away = Registration.open("away", RegistryKind.S3)
                .fetchedFrom(Sources.only(KafkaSource.of("127.0.0.1:1", "bucket-events")));

        try (var service = IngestService.start(config(away));
                var client = HttpClient.newHttpClient()) {
            var root = URI.create("http://127.0.0.1:" + service.port());
            assertThat(get(client, root.resolve("/metrics")))
                    .contains(
                            "forebear_source_available{alias=\"away\",service=\"ingest-service\",source=\"kafka\"} 0");
            assertThat(get(client, root.resolve("/health/ready"))).doesNotContain("away");
            assertThat(get(client, root)).contains("topic bucket-events").doesNotContain("/hooks/away");
            var posted = client.send(post(service.hook("away")), BodyHandlers.ofString());
            assertThat(posted.statusCode()).isEqualTo(405);
            var tried = client.send(post(root.resolve("/registries/away/test")), BodyHandlers.ofString());
            assertThat(tried.body())
                    .contains("away: expected a registry that posts, found one whose events are fetched");
        }
        assertThat(written.read(Topics.OBJECT_CHANGES, ObjectChanged.class)).isEmpty();
    }

    private IngestConfig config(Registration registration) {
        return new IngestConfig(
                kafka,
                SchemaRegistryConfig.of(platform.schemaRegistryUrl()),
                ListenAddress.anyLoopbackPort(),
                List.of(registration),
                Duration.ofSeconds(2),
                "test",
                new CompletionConfig(Duration.ofMillis(50), CompletionConfig.DEFAULT_MAX_FILES),
                null,
                ReconcileConfig.usual());
    }

    private static HttpRequest post(URI address) {
        return HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"model\": \"helios\", \"version\": \"1\"}"))
                .build();
    }

    private static String get(HttpClient client, URI address) throws Exception {
        var response = client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private Registration registry(String alias, RegistryKind kind) throws Exception {
        String topic = alias + "-events";
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        return Registration.open(alias, kind)
                .fetchedFrom(Sources.only(KafkaSource.of(platform.bootstrapServers(), topic)));
    }

    /** As a process has it that was started just now. */
    private Intake intake(Registration registration) {
        var tallies = new RegistryTallies(List.of(registration), "test", CLOCK, status -> {});
        return new FetchedEvents(
                List.of(registration), new Reception(publisher, alias -> {}, CLOCK), new Bookkeeping(tallies, metrics));
    }

    private EventSources start(Registration registration, Intake intake) {
        return EventSources.start(List.of(registration), intake, new DeadLetters("test", CLOCK), CLOCK, metrics);
    }

    private void event(String alias, String id) {
        Map<String, String> headers = Sample.recordHeaders("cloudevents-02-binary");
        headers.put("ce_id", id);
        write(alias, headers, Sample.body("cloudevents-02-binary"));
    }

    private void write(String alias, Map<String, String> headers, byte[] value) {
        var record = new ProducerRecord<byte[], byte[]>(alias + "-events", value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try (var producer =
                new KafkaProducer<>(kafka.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record);
        }
    }

    private long committed(String alias) throws Exception {
        var offsets = admin.listConsumerGroupOffsets("forebear-" + alias)
                .partitionsToOffsetAndMetadata()
                .get();
        return offsets.values().stream()
                .mapToLong(offset -> offset == null ? 0 : offset.offset())
                .sum();
    }

    private long count(String alias, String outcome) {
        return metrics.registry().find("forebear.webhooks").tags("alias", alias, "outcome", outcome).timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }
}
