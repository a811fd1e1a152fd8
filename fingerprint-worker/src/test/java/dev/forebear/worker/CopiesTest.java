package dev.forebear.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.Adapter;
import dev.forebear.schemas.wire.ContentDigest;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelFingerprint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CopiesTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String DIGEST = "5ac6747bd1c9737034e95923613f7204fa1f80fcf5f759b1263a5b7d71581939";
    private static final String OTHER_DIGEST = "3fe33d0e7254023dd2f9ded4e03116a3135e37771014561e092d9c1e0488e34d";

    private WorkerSite site;

    @BeforeEach
    void open() {
        site = new WorkerSite(3);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void recognisesTheSameFilesWithoutReadingThem() throws Exception {
        site.putZoo("original", "base-a");
        site.put("copy", "README.md", "---\nbase_model: zoo/base-a\n---\n".getBytes(StandardCharsets.UTF_8));
        try (var worker = WorkerService.start(site.config())) {
            announce("original", file("model.safetensors", DIGEST), file("README.md", OTHER_DIGEST));
            ModelFingerprint original = fingerprintOf("original");
            awaitKnown(worker);

            announce("copy", file("weights.safetensors", DIGEST));
            announce("gone", file("weights.safetensors", DIGEST));

            ModelFingerprint copy = fingerprintOf("copy");
            assertThat(copy.getFingerprint()).isEqualTo(original.getFingerprint());
            assertThat(copy.getBytesRead()).isZero();
            assertThat(copy.getRequests()).isZero();
            assertThat(copy.getNotAnalysed()).isNull();
            assertThat(copy.getUploadEventId()).isEqualTo("event-copy");
            assertThat(copy.getLocation()).isEqualTo(site.location("copy"));
            assertThat(copy.getDeclaredBases())
                    .extracting(DeclaredBase::getName)
                    .containsExactly("zoo/base-a");
            assertThat(copy.getContents()).containsExactly(file("weights.safetensors", DIGEST));
            assertThat(fingerprintOf("gone").getFingerprint()).isEqualTo(original.getFingerprint());
            assertThat(metrics(worker)).contains("forebear_worker_copies_total{service=\"fingerprint-worker\"} 2.0");
        }
    }

    @Test
    void readsWhatHasAnotherDigestOrMoreFiles() throws Exception {
        site.putZoo("original", "base-a");
        site.putZoo("other", "base-b");
        site.putZoo("more", "base-b");
        try (var worker = WorkerService.start(site.config())) {
            announce("original", file("model.safetensors", DIGEST));
            fingerprintOf("original");
            awaitKnown(worker);

            announce("other", file("model.safetensors", OTHER_DIGEST));
            announce("more", file("model.safetensors", DIGEST), file("more.safetensors", OTHER_DIGEST));

            assertThat(fingerprintOf("other").getBytesRead()).isPositive();
            assertThat(fingerprintOf("more").getBytesRead()).isPositive();
            assertThat(metrics(worker)).contains("forebear_worker_copies_total{service=\"fingerprint-worker\"} 0.0");
        }
    }

    @Test
    void forgetsNothingOverARestartAndFindsTheLatestRecord() throws Exception {
        site.putZoo("original", "base-a");
        try (var worker = WorkerService.start(site.config())) {
            announce("original", file("model.safetensors", DIGEST));
            fingerprintOf("original");
            assertThat(worker.port()).isPositive();
        }
        try (var worker = WorkerService.start(site.config())) {
            awaitKnown(worker);
            announce("gone", file("model.safetensors", DIGEST));
            assertThat(fingerprintOf("gone").getFingerprint()).isNotNull();
        }
    }

    @Test
    void takesNeitherAdaptersNorFingerprintsOfAnotherAlgorithm() throws Exception {
        site.putZoo("original", "base-a");
        try (var worker = WorkerService.start(site.config())) {
            announce("original", file("model.safetensors", DIGEST));
            awaitKnown(worker);
        }
        ModelFingerprint original = fingerprintOf("original");
        var adapter = file("adapter.safetensors", OTHER_DIGEST);
        var foreign = file("model.safetensors", "c".repeat(64));
        var last = file("model.safetensors", "d".repeat(64));
        var otherAlgorithm = Fingerprint.newBuilder(original.getFingerprint())
                .setAlgorithmVersion(99)
                .build();
        replace(original, one -> one.setContents(List.of(adapter)).setAdapter(new Adapter("LoRA", null)));
        replace(original, one -> one.setContents(List.of(foreign)).setFingerprint(otherAlgorithm));
        replace(original, one -> one.setContents(List.of(last)));
        try (var known = new KnownWeights(site.kafka(), site.registry())) {
            known.start();
            await().atMost(SOON)
                    .until(() -> known.find(WeightContents.of(List.of(last))).isPresent());
            assertThat(known.find(WeightContents.of(List.of(adapter)))).isEmpty();
            assertThat(known.find(WeightContents.of(List.of(foreign)))).isEmpty();
        }
    }

    @Test
    void keepsAtMostAsManyPlacesAsItMay() throws Exception {
        site.putZoo("original", "base-a");
        try (var worker = WorkerService.start(site.config())) {
            announce("original", file("model.safetensors", DIGEST));
            fingerprintOf("original");
            assertThat(worker.port()).isPositive();
        }
        ModelFingerprint original = fingerprintOf("original");
        replace(original, builder -> builder.setContents(List.of(file("model.safetensors", OTHER_DIGEST))));
        try (var known = new KnownWeights(site.kafka(), site.registry(), 1)) {
            known.start();
            var latest = WeightContents.of(List.of(file("model.safetensors", OTHER_DIGEST)));
            await().atMost(SOON).until(() -> known.find(latest).isPresent());
            assertThat(known.size()).isEqualTo(1);
            assertThat(known.find(WeightContents.of(original.getContents()))).isEmpty();
        }
    }

    /** Writes the record of a model again. */
    private void replace(ModelFingerprint model, UnaryOperator<ModelFingerprint.Builder> change) throws Exception {
        ModelFingerprint changed =
                change.apply(ModelFingerprint.newBuilder(model)).build();
        byte[] value = new AvroSerde<>(ModelFingerprint.class, site.registry())
                .serializer()
                .serialize(site.kafka().topic(Topics.MODEL_FINGERPRINTS), changed);
        site.send(Topics.MODEL_FINGERPRINTS, changed.getModelVersionId(), value);
    }

    private static ContentDigest file(String path, String sha256) {
        return new ContentDigest(path, sha256, null);
    }

    private void announce(String model, ContentDigest... contents) throws Exception {
        site.announce(site.uploaded(model, Lane.INTERACTIVE)
                .setContents(List.of(contents))
                .build());
    }

    private ModelFingerprint fingerprintOf(String model) {
        return await().atMost(SOON)
                .until(
                        () -> site.fingerprints().stream()
                                .filter(found -> found.getName().equals(model))
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    private static void awaitKnown(WorkerService worker) {
        await().atMost(SOON)
                .until(() ->
                        metrics(worker).contains("forebear_worker_known_weights{service=\"fingerprint-worker\"} 1"));
    }

    private static String metrics(WorkerService worker) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + worker.port() + "/metrics"))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
