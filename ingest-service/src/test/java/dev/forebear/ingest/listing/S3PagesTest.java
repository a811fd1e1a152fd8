package dev.forebear.ingest.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.ingest.announcement.ModelChange;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.announcement.ObjectChange;
import dev.forebear.ingest.registration.BucketLayout;
import dev.forebear.ingest.registration.Completeness;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.ingest.registration.Stores;
import dev.forebear.ingest.sender.Outcome;
import dev.forebear.ingest.sender.Sample;
import dev.forebear.ingest.sender.Sender;
import dev.forebear.ingest.sender.Webhook;
import dev.forebear.platform.EmbeddedS3;
import dev.forebear.runtime.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an S3 server whose notifications nobody ever received. */
class S3PagesTest {

    private static final Instant OLD = Instant.parse("2026-11-19T08:00:00Z");
    private static final Instant NEW = Instant.parse("2026-11-20T08:00:00Z");
    private static final Instant NOW = NEW.plusSeconds(60);
    private static final Secret SECRET = Secret.of("the-secret-of-the-store");

    @TempDir
    static Path folder;

    private static EmbeddedS3 server;

    @BeforeAll
    static void upload() throws IOException {
        server = EmbeddedS3.start(folder, 0, "forebear", SECRET.reveal());
        server.createBucket("models");
        server.createBucket("more-models");
        put("models/README.md", NEW);
        put("models/helios/v1/model.safetensors", OLD);
        put("models/helios/v1/config.json", NEW);
        put("models/helios/v10/model.safetensors", NEW);
        put("models/helios/v2/model-00001-of-00002.safetensors", OLD);
        put("models/helios/v2/model-00002-of-00002.safetensors", NEW);
        put("models/helios/v2/model.safetensors.index.json", OLD);
        put("models/helios/v2/onnx/notes.txt", NEW);
        put("models/helios/v3/model-00001-of-00002.safetensors", NEW);
        put("models/helios/v3/model.safetensors.index.json", NEW);
        put("models/slate ü+/v1/model.gguf", OLD);
        put("models/stray.safetensors", NEW);
        put("models/torn/v1/model-00001-of-00002.safetensors", OLD);
        put("models/torn@v1/v@1/model.safetensors", NEW);
        put("more-models/basalt/v1/pytorch_model.bin", OLD);
    }

    private static void put(String object, Instant at) throws IOException {
        Path file = folder.resolve(object);
        Files.createDirectories(file.getParent());
        Files.writeString(file, object);
        Files.setLastModifiedTime(file, FileTime.from(at));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Registration lake() {
        return Registration.open("lake", RegistryKind.S3);
    }

    private static RegistryApi api(Secret secret, String... buckets) {
        return new RegistryApi(
                server.endpoint(), "forebear", secret, List.of(buckets), RegistryApi.DEFAULT_EVERY, 1_000_000);
    }

    /** Every page by another listing, as after a restart. */
    private static List<ModelUpload> list(Registration registration, Instant since, int pageSize, List<String> skipped)
            throws Exception {
        List<ModelUpload> uploads = new ArrayList<>();
        String position = null;
        do {
            var pages = new S3Pages(registration, registration.api(), InstantSource.fixed(NOW), pageSize);
            try (var listing = new PartsInTurn("lake", pages)) {
                var page = listing.page(position, since);
                page.found().forEach(found -> uploads.add((ModelUpload) found));
                skipped.addAll(page.skipped());
                position = page.next();
            }
        } while (position != null);
        return uploads;
    }

    private static List<String> ids(Registration registration, Instant since, int pageSize) throws Exception {
        return list(registration, since, pageSize, new ArrayList<>()).stream()
                .map(upload -> upload.id().toString())
                .toList();
    }

    @Test
    void findsEveryCompleteFolderWhereverPagesEnd() throws Exception {
        List<String> everything = List.of(
                "lake/helios@v1",
                "lake/helios@v10",
                "lake/helios@v2",
                "lake/slate ü+@v1",
                "lake/torn@v1",
                "lake/basalt@v1");
        for (int pageSize = 1; pageSize <= 16; pageSize++) {
            assertThat(ids(lake().askedAt(api(SECRET)), null, pageSize))
                    .as("%d objects in a page", pageSize)
                    .containsExactlyElementsOf(everything);
        }
    }

    @Test
    void givesOnlyFoldersWhoseWeightsChanged() throws Exception {
        assertThat(ids(lake().askedAt(api(SECRET)), OLD.plusSeconds(1), 3))
                .containsExactly("lake/helios@v10", "lake/helios@v2");
    }

    @Test
    void waitsForTheRestOfAFolderUntilNothingComesAnyMore() throws Exception {
        var patient = lake().askedAt(api(SECRET, "models")).completeAfter(new Completeness(Duration.ofSeconds(59)));

        assertThat(ids(patient, null, 1000)).contains("lake/helios@v3");
        assertThat(ids(lake().askedAt(api(SECRET, "models")), null, 1000)).doesNotContain("lake/helios@v3");
    }

    @Test
    void saysWhichFolderCannotBeAModelAndGoesOn() throws Exception {
        List<String> skipped = new ArrayList<>();

        list(lake().askedAt(api(SECRET)), null, 1000, skipped);

        assertThat(skipped).singleElement().asString().startsWith("s3://models/torn@v1/v@1/: ");
    }

    @Test
    void tellsWhereTheFolderLiesAndATagThatChangesWithIt() throws Exception {
        var registration = lake().askedAt(api(SECRET, "more-models"));
        ModelUpload before = list(registration, null, 1000, new ArrayList<>()).getFirst();

        assertThat(before.location()).isEqualTo("s3://more-models/basalt/v1/");
        assertThat(before.at()).isEqualTo(OLD);
        assertThat(before.content().tag()).isNotBlank();

        Path weights = folder.resolve("more-models/basalt/v1/pytorch_model.bin");
        Files.writeString(weights, "other weights");
        Files.setLastModifiedTime(weights, FileTime.from(OLD));
        ModelUpload after = list(registration, null, 1000, new ArrayList<>()).getFirst();
        put("more-models/basalt/v1/pytorch_model.bin", OLD);

        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.content().tag()).isNotEqualTo(before.content().tag());
        assertThat(after.eventId()).isNotEqualTo(before.eventId());
    }

    @Test
    void callsAFolderAsTheEventsOfItsObjectsDo() throws Exception {
        var sample = Sample.read("minio-01-webhook-object-created-put");
        String body = new String(sample.body(), StandardCharsets.UTF_8)
                .replace("helios-7b%2Fv4%2Fconfig.json", "helios%2Fv1%2Fmodel.safetensors");
        var webhook = new Webhook(sample.headers(), body.getBytes(StandardCharsets.UTF_8), sample.receivedAt());
        var outcome = (Outcome.Accepted) Sender.of(lake()).receive(webhook);

        ModelUpload listed = list(lake().askedAt(api(SECRET, "models")), null, 1000, new ArrayList<>())
                .getFirst();

        assertThat(listed.id()).hasToString("lake/helios@v1");
        assertThat(outcome.announcements())
                .singleElement()
                .satisfies(told -> assertThat(
                                switch (told) {
                                    case ModelUpload upload -> upload.location();
                                    case ObjectChange change -> change.folder();
                                    case ModelChange change -> "none";
                                })
                        .isEqualTo(listed.location()));
    }

    @Test
    void takesTheContentForTheVersionWhereFoldersNameNone() throws Exception {
        var flat = lake().askedAt(api(SECRET, "models/helios/v1")).laidOutAs(new BucketLayout("{owner}/{name}"));

        assertThat(list(flat, null, 1000, new ArrayList<>()))
                .filteredOn(upload -> upload.id().name().equals("helios/v1"))
                .singleElement()
                .satisfies(upload -> assertThat(upload.id().version())
                        .isEqualTo(upload.content().tag()));
    }

    @Test
    void leavesOutWhatLiesOutsideTheStores() throws Exception {
        List<String> skipped = new ArrayList<>();
        var restricted = lake().askedAt(api(SECRET)).restrictedTo(new Stores(List.of("s3://more-models/")));

        assertThat(list(restricted, null, 1000, skipped)).hasSize(1);
        assertThat(skipped).hasSize(6);
    }

    @Test
    void namesTheRegistryButNotTheSecretThatItRefuses() throws Exception {
        var wrong = lake().askedAt(api(Secret.of("another-secret"), "models"));

        try (var listing = Listed.of(wrong)) {
            assertThatThrownBy(() -> listing.page(null, null))
                    .isInstanceOf(IOException.class)
                    .hasMessage("lake: list objects of models: expected an answer, found 403 SignatureDoesNotMatch");
        }
    }

    @Test
    void saysWhichBucketIsNotThere() throws Exception {
        try (var listing = Listed.of(lake().askedAt(api(SECRET, "no-such-bucket")))) {
            assertThatThrownBy(() -> listing.page(null, null))
                    .hasMessage("lake: list objects of no-such-bucket: expected an answer, found 404 NoSuchBucket");
        }
    }

    @Test
    void refusesWhatNoS3ServerSays() throws Exception {
        for (String body :
                List.of("", "{}", "<ListBucketResult>", "<a/>", "<ListBucketResult><Contents/></ListBucketResult>")) {
            try (var other = TestRegistry.start(asked -> TestRegistry.Told.json(body));
                    var listing = Listed.of(lake().askedAt(RegistryApi.of(other.url(), null, List.of("models"))))) {
                try {
                    assertThat(listing.page(null, null).found()).isEmpty();
                } catch (IOException told) {
                    assertThat(told).hasMessageStartingWith("lake: list objects of models: expected an answer");
                }
            }
        }
    }

    @Test
    void refusesABucketThatCannotBe() throws Exception {
        try (var listing = Listed.of(lake().askedAt(api(SECRET, "Not A Bucket")))) {
            assertThatThrownBy(() -> listing.page(null, null)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void saysHowLongABusyStoreWantsToBeLeftAlone() throws Exception {
        String slowDown = "<?xml version=\"1.0\"?><Error><Code>SlowDown</Code><Message>slower</Message></Error>";
        try (var busy = TestRegistry.start(asked ->
                new TestRegistry.Told(503, Map.of("Retry-After", "9", "Content-Type", "application/xml"), slowDown))) {
            var api = new RegistryApi(
                    busy.url(), "forebear", SECRET, List.of("models"), RegistryApi.DEFAULT_EVERY, 1_000_000);
            try (var listing = Listed.of(lake().askedAt(api))) {
                assertThatThrownBy(() -> listing.page(null, null))
                        .isInstanceOfSatisfying(
                                RegistryBusyException.class,
                                told -> assertThat(told.pause()).isEqualTo(Duration.ofSeconds(9)));
            }
            assertThat(busy.asked()).hasSize(1);
        }
    }
}
