package dev.forebear.ingest.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebear.ingest.WrittenTopics;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.publication.AnnouncementRecords;
import dev.forebear.ingest.publication.Publisher;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.platform.EmbeddedPlatform;
import dev.forebear.platform.EmbeddedPlatformConfig;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ListingProgress;
import dev.forebear.schemas.wire.ModelUploaded;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Registries that lose events, against a broker. One platform serves all tests; each has its own registries. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconciliationTest {

    private static final Duration WAIT = Duration.ofSeconds(30);

    private final List<Reconciliation> running = new ArrayList<>();
    private final Map<String, Shelf> shelves = new HashMap<>();
    private final Instant lately = Instant.now().minus(Duration.ofMinutes(5));
    private final Instant longAgo = Instant.now().minus(Duration.ofDays(100));
    private EmbeddedPlatform platform;
    private KafkaConfig kafka;
    private SchemaRegistryClient registry;
    private Publisher publisher;
    private WrittenTopics written;

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
        platform.close();
    }

    @BeforeEach
    void remember() {
        written = WrittenTopics.since(kafka, platform.schemaRegistryUrl());
    }

    @AfterEach
    void stop() {
        running.forEach(Reconciliation::close);
        running.clear();
    }

    @Test
    void findsWhatNoEventAnnouncedAndLeavesWhatOneDid() throws Exception {
        Shelf shelf = shelf("lossy");
        shelf.hold("announced", lately);
        shelf.hold("lost", lately);
        shelf.hold("before-it-was-connected", longAgo);
        shelf.hold("announced-any-moment", Instant.now());
        announce(shelf.upload("announced", lately));
        start("lossy");

        awaitNames("announced", "lost");
        // A second listing finds nothing new.
        await().atMost(WAIT)
                .until(() -> shelf.asked.stream().filter(page -> page == 1).count() >= 3);
        assertThat(names()).containsExactlyInAnyOrder("announced", "lost");
        ModelUploaded found = written.uploads().stream()
                .map(ConsumerRecord::value)
                .filter(upload -> upload.getName().equals("lost"))
                .findFirst()
                .orElseThrow();
        assertThat(found.getLane()).isEqualTo(Lane.BULK);
        assertThat(found.getSender()).isEqualTo("mlflow");
        assertThat(found.getEventId()).isEqualTo("mlflow:lossy:listed|lossy/lost@1|");
    }

    @Test
    void aWishedListingTakesWhatIsYoung() throws Exception {
        Shelf shelf = shelf("wishes");
        Reconciliation reconciliation = start("wishes");
        await().atMost(WAIT).until(() -> !shelf.asked.isEmpty());
        shelf.hold("fresh", Instant.now());

        await().atMost(WAIT).untilAsserted(() -> {
            reconciliation.soon("wishes");
            assertThat(names()).contains("fresh");
        });
    }

    @Test
    void aBackfillFindsWhatWasThereBeforeAndFindsItOnce() throws Exception {
        Shelf shelf = shelf("old");
        IntStream.rangeClosed(1, 5).forEach(i -> shelf.hold("old-" + i, longAgo));
        Reconciliation reconciliation = start("old");

        backfill(reconciliation, "old", false);
        ListingProgress again = backfill(reconciliation, "old", false);

        assertThat(names()).containsExactlyInAnyOrder("old-1", "old-2", "old-3", "old-4", "old-5");
        assertThat(again.getListed()).isEqualTo(5);
        assertThat(again.getPublished()).isZero();
        assertThat(again.getTotal()).isEqualTo(5);
    }

    @Test
    void aDryRunCountsAndPublishesNothing() throws Exception {
        shelf("counted").hold("counted", longAgo);
        Reconciliation reconciliation = start("counted");

        ListingProgress counted = backfill(reconciliation, "counted", true);

        assertThat(counted.getPublished()).isEqualTo(1);
        assertThat(Reconciliation.isCounting(counted)).isTrue();
        assertThat(written.uploads()).isEmpty();
    }

    @Test
    void aListingThatFailsOnItsThirdPageGoesOnThere() throws Exception {
        Shelf shelf = shelf("flaky");
        IntStream.rangeClosed(1, 5).forEach(i -> shelf.hold("flaky-" + i, lately));
        shelf.failsOnceAt = 3;
        start("flaky");

        awaitNames("flaky-1", "flaky-2", "flaky-3", "flaky-4", "flaky-5");
        assertThat(shelf.asked).startsWith(1, 2, 3, 3, 4, 5);
        assertThat(written.read(Topics.REGISTRY_LISTINGS, ListingProgress.class))
                .extracting(record -> record.value().getProblem())
                .contains("flaky: expected status 200, found 503");
    }

    @Test
    void aListingThatNobodyThoughtOfIsTriedAgain() throws Exception {
        Shelf shelf = shelf("odd");
        IntStream.rangeClosed(1, 2).forEach(i -> shelf.hold("odd-" + i, lately));
        shelf.breaksOnceAt = 2;
        start("odd");

        awaitNames("odd-1", "odd-2");
        assertThat(written.read(Topics.REGISTRY_LISTINGS, ListingProgress.class))
                .extracting(record -> record.value().getProblem())
                .contains("odd: internal error, found IllegalStateException");
    }

    @Test
    void aKilledBackfillIsContinuedWithTheNextPageByAnotherProcess() throws Exception {
        Shelf shelf = shelf("killed");
        IntStream.rangeClosed(1, 5).forEach(i -> shelf.hold("killed-" + i, longAgo));
        Reconciliation first = start("killed");
        await().atMost(WAIT).until(() -> shelf.asked.contains(5));
        shelf.hangsAt = 3;
        first.backfill("killed", false);
        await().atMost(WAIT).untilAsserted(() -> assertThat(names()).hasSize(2));
        await().atMost(WAIT).until(() -> first.backfill("killed").orElseThrow().getListed() == 2);
        Instant begun = first.backfill("killed").orElseThrow().getStartedAt();
        first.close();
        shelf.hangsAt = -1;

        Reconciliation second = start("killed");

        await().atMost(WAIT)
                .untilAsserted(() -> assertThat(names())
                        .containsExactlyInAnyOrder("killed-1", "killed-2", "killed-3", "killed-4", "killed-5"));
        await().atMost(WAIT).untilAsserted(() -> {
            ListingProgress end = second.backfill("killed").orElseThrow();
            assertThat(end.getCompletedAt()).isNotNull();
            assertThat(end.getStartedAt()).isEqualTo(begun);
            assertThat(end.getListed()).isEqualTo(5);
        });
    }

    @Test
    void twoProcessesShareTheRegistriesAndFindEverythingOnce() throws Exception {
        String[] aliases = IntStream.range(0, 6).mapToObj(i -> "shared-" + i).toArray(String[]::new);
        Arrays.stream(aliases).forEach(alias -> shelf(alias).hold(alias, lately));
        start(aliases);
        Reconciliation second = start(aliases);
        awaitNames(aliases);
        second.close();
        Arrays.stream(aliases).forEach(alias -> shelf(alias).hold(alias + "-later", lately));

        await().atMost(WAIT).untilAsserted(() -> assertThat(names()).hasSize(12));
        assertThat(names()).doesNotHaveDuplicates();
    }

    private Shelf shelf(String alias) {
        return shelves.computeIfAbsent(alias, Shelf::new);
    }

    private Reconciliation start(String... aliases) {
        var registrations = Arrays.stream(aliases)
                .map(alias -> Registration.of(alias, RegistryKind.MLFLOW, Secret.of("demo-secret"))
                        .askedAt(new RegistryApi(
                                URI.create("http://registry.example"),
                                null,
                                null,
                                List.of(),
                                Duration.ofMillis(200),
                                1_000)))
                .toList();
        var reconciliation = new Reconciliation(
                registrations,
                new ReconcileConfig(Duration.ofMinutes(1), 1_000),
                kafka,
                registry,
                publisher,
                (registration, clock) -> shelf(registration.alias()).listing(),
                Clock.systemUTC());
        running.add(reconciliation);
        return reconciliation;
    }

    private ListingProgress backfill(Reconciliation reconciliation, String alias, boolean counting) throws Exception {
        Instant startedAt = reconciliation.backfill(alias, counting).getStartedAt();
        return await().atMost(WAIT)
                .until(
                        () -> reconciliation
                                .backfill(alias)
                                .filter(progress -> !progress.getStartedAt().isBefore(startedAt)
                                        && progress.getCompletedAt() != null),
                        Optional::isPresent)
                .orElseThrow();
    }

    private void announce(ModelUpload upload) throws Exception {
        var records = new AnnouncementRecords(RegistryKind.MLFLOW, Lane.INTERACTIVE, Instant.now());
        Publisher.await(List.of(publisher.send(upload, records, null)));
    }

    private void awaitNames(String... names) {
        await().atMost(WAIT).untilAsserted(() -> assertThat(names()).contains(names));
    }

    private List<String> names() {
        return written.uploads().stream()
                .map(record -> record.value().getName())
                .toList();
    }
}
