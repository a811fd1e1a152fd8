package dev.forebear.ingest.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebear.ingest.WrittenTopics;
import dev.forebear.ingest.publication.AnnouncementRecords;
import dev.forebear.ingest.publication.Publisher;
import dev.forebear.ingest.registration.Completeness;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.ingest.registration.Stores;
import dev.forebear.platform.EmbeddedPlatform;
import dev.forebear.platform.EmbeddedPlatformConfig;
import dev.forebear.runtime.Metrics;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.DeadLetters;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelChangeKind;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.ObjectChangeKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Models that become complete, against a broker. One platform serves all tests; each has its own folders. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompletionConsumerTest {

    private static final CompletionConfig CONFIG = new CompletionConfig(Duration.ofMillis(50), 1_000);

    private final List<CompletionConsumer> running = new ArrayList<>();
    private final Metrics metrics = new Metrics("test");
    private EmbeddedPlatform platform;
    private KafkaConfig kafka;
    private SchemaRegistryClient registry;
    private Publisher publisher;
    private WrittenTopics written;
    private Instant time = Instant.parse("2026-11-20T08:00:00Z");

    @BeforeAll
    void startPlatform(@TempDir Path folder) {
        platform = EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(folder));
        kafka = KafkaConfig.of(platform.bootstrapServers());
        new TopicAdmin(kafka).create(2, (short) 1);
        registry = new SchemaRegistryClient(SchemaRegistryConfig.of(platform.schemaRegistryUrl()));
        publisher = new Publisher(kafka, registry, Duration.ofSeconds(5));
    }

    @AfterAll
    void stopPlatform() {
        publisher.close();
        registry.close();
        metrics.close();
        platform.close();
    }

    @BeforeEach
    void remember() {
        written = WrittenTopics.since(kafka, platform.schemaRegistryUrl());
    }

    @AfterEach
    void stopConsumers() {
        running.forEach(CompletionConsumer::close);
        running.clear();
    }

    @Test
    void announcesAModelOnceWhenItsIndexAndAllItsShardsAreThere() throws Exception {
        start(CONFIG);
        write("sharded", "m-00002-of-00002.safetensors", "b");
        write("sharded", "m.safetensors.index.json", "i");
        write("single", "model.safetensors", "s");
        awaitUploads(1);

        write("sharded", "m-00001-of-00002.safetensors", "a");
        write("sharded", "config.json", "c");
        awaitUploads(2);

        ModelUploaded upload = written.uploads().stream()
                .map(ConsumerRecord::value)
                .filter(u -> u.getName().equals("sharded"))
                .findFirst()
                .orElseThrow();
        assertThat(upload.getModelVersionId()).isEqualTo("lake/sharded@v1");
        assertThat(upload.getLocation()).isEqualTo("s3://models/sharded/v1/");
        assertThat(upload.getContentTag()).matches("[0-9a-f]{32}");
        assertThat(upload.getUploadedBy()).isEqualTo("trainer");
        assertThat(upload.getLane()).isEqualTo(Lane.INTERACTIVE);
        assertThat(upload.getSender()).isEqualTo("s3");
    }

    @Test
    void announcesAnotherContentWhenTheWeightsAreWrittenOver() throws Exception {
        start(CONFIG);
        write("again", "model.safetensors", "first");
        awaitUploads(1);
        write("again", "model.safetensors", "second");
        awaitUploads(2);

        assertThat(written.uploads())
                .extracting(record -> record.value().getContentTag())
                .containsExactly("first", "second");
        assertThat(written.uploads())
                .extracting(record -> record.value().getEventId())
                .doesNotHaveDuplicates();
    }

    @Test
    void announcesWhatIsThereAfterAQuietPeriod() throws Exception {
        start(CONFIG);
        send("hasty", "torn", "m-00001-of-00002.gguf", "a", ObjectChangeKind.WRITTEN);

        await().untilAsserted(() -> assertThat(written.uploads())
                .extracting(record -> record.value().getName())
                .contains("torn"));
    }

    @Test
    void tellsThatTheWeightsAreGone() throws Exception {
        start(CONFIG);
        write("gone", "model.safetensors", "a");
        awaitUploads(1);
        send("lake", "gone", "model.safetensors", null, ObjectChangeKind.REMOVED);

        await().untilAsserted(() -> assertThat(written.changes())
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.key()).isEqualTo("lake/gone");
                    assertThat(record.value().getChange()).isEqualTo(ModelChangeKind.DELETED);
                    assertThat(record.value().getVersion()).isEqualTo("v1");
                }));
    }

    @Test
    void aFolderThatWaitsIsContinuedByTheNextProcess() throws Exception {
        CompletionConsumer first = start(CONFIG);
        write("halved", "m-00001-of-00002.gguf", "a");
        write("whole", "model.gguf", "w");
        awaitUploads(1);
        first.close();

        write("halved", "m-00002-of-00002.gguf", "b");
        start(CONFIG);

        awaitUploads(2);
        assertThat(written.uploads())
                .extracting(record -> record.value().getName())
                .containsExactlyInAnyOrder("whole", "halved");
    }

    @Test
    void aProcessKilledBeforeItCommittedIsFollowedByOneThatSaysTheSame() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> before = committed();
        CompletionConsumer killed = start(CONFIG);
        write("twice", "m-00001-of-00002.gguf", "a");
        write("twice", "m-00002-of-00002.gguf", "b");
        awaitUploads(1);
        killed.close();
        commit(before);

        start(CONFIG);

        awaitUploads(2);
        assertThat(written.uploads())
                .extracting(record -> record.value().getEventId())
                .containsOnly(written.uploads().getFirst().value().getEventId());
    }

    @Test
    void twoProcessesShareTheFoldersAndLoseNone() throws Exception {
        start(CONFIG);
        IntStream.range(0, 20).forEach(i -> write("shared-" + i, "m-00001-of-00002.gguf", "a"));
        CompletionConsumer second = start(CONFIG);
        IntStream.range(0, 10).forEach(i -> write("shared-" + i, "m-00002-of-00002.gguf", "b"));
        awaitUploads(10);
        second.close();
        IntStream.range(10, 20).forEach(i -> write("shared-" + i, "m-00002-of-00002.gguf", "b"));

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(written.uploads())
                        .extracting(record -> record.value().getName())
                        .contains(IntStream.range(0, 20)
                                .mapToObj(i -> "shared-" + i)
                                .toArray(String[]::new)));
        assertThat(written.uploads().stream()
                        .map(record -> record.value().getEventId())
                        .distinct())
                .hasSize(20);
    }

    @Test
    void whatHasNoPlaceIsAnnouncedAsItIs() throws Exception {
        start(new CompletionConfig(Duration.ofMillis(50), 3));
        for (String model : List.of("many-1", "many-2", "many-3", "many-4")) {
            write(model, "m-00001-of-00002.gguf", "a");
        }

        await().untilAsserted(() -> assertThat(written.uploads()).isNotEmpty());
    }

    @Test
    void putsAsideWhatCannotBeReadAndWhatLiesOutsideItsStores() throws Exception {
        start(CONFIG);
        try (var producer =
                new KafkaProducer<>(kafka.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(kafka.topic(Topics.OBJECT_CHANGES), new byte[] {1, 2, 3}))
                    .get();
        }
        send("fenced", "outside", "model.safetensors", "a", ObjectChangeKind.WRITTEN);

        await().untilAsserted(() -> assertThat(written.deadLetters())
                .extracting(record -> record.value().getReason())
                .containsExactlyInAnyOrder("undecodable", "unusable"));
        assertThat(written.uploads()).isEmpty();
    }

    private CompletionConsumer start(CompletionConfig config) {
        var registrations = Map.of(
                "lake",
                Registration.of("lake", RegistryKind.S3, Secret.of("lake-demo-secret")),
                "hasty",
                Registration.of("hasty", RegistryKind.S3, Secret.of("hasty-demo-secret"))
                        .completeAfter(new Completeness(Duration.ofMillis(100))),
                "fenced",
                Registration.of("fenced", RegistryKind.S3, Secret.of("fenced-demo-secret"))
                        .restrictedTo(new Stores(List.of("s3://elsewhere/"))));
        Clock clock = Clock.systemUTC();
        var completion = new Completion(
                config, registrations, registry, publisher, new DeadLetters("ingest-service", clock), metrics);
        CompletionConsumer consumer = CompletionConsumer.start(kafka, completion, clock);
        running.add(consumer);
        return consumer;
    }

    private void write(String model, String path, String tag) {
        send("lake", model, path, tag, ObjectChangeKind.WRITTEN);
    }

    private void send(String alias, String model, String path, String tag, ObjectChangeKind kind) {
        time = time.plusMillis(1);
        try {
            var change = ObjectChanges.announcement(alias, model, path, tag, kind, time);
            var records = new AnnouncementRecords(RegistryKind.S3, Lane.INTERACTIVE, time);
            Publisher.await(List.of(publisher.send(change, records, null)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void awaitUploads(int count) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(written.uploads())
                        .extracting(record -> record.value().getEventId())
                        .hasSize(count));
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() throws Exception {
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            return new HashMap<>(admin.listConsumerGroupOffsets(CompletionConsumer.GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get());
        }
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) throws Exception {
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            var all = new HashMap<>(offsets);
            for (int partition = 0; partition < 2; partition++) {
                all.putIfAbsent(
                        new TopicPartition(kafka.topic(Topics.OBJECT_CHANGES), partition), new OffsetAndMetadata(0));
            }
            admin.alterConsumerGroupOffsets(CompletionConsumer.GROUP, all).all().get();
        }
    }
}
