package dev.forebear.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.forebear.runtime.ListenAddress;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.TopicException;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelFingerprint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkerServiceTest {

    private static final Duration SOON = Duration.ofSeconds(30);

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
    void publishesTheFingerprintOfAnUpload() throws Exception {
        site.putZoo("child", "base-a-sft-light");
        var uploaded = site.uploaded("child", Lane.INTERACTIVE)
                .setDeclaredBases(
                        List.of(new DeclaredBase("zoo/base-a", null, "webhook", DeclarationStrength.STATED, null)))
                .build();
        try (var worker = WorkerService.start(site.config())) {
            site.announce(uploaded);
            ModelFingerprint found = fingerprintOf("internal/child@1");
            assertThat(found.getNotAnalysed()).isNull();
            assertThat(found.getFingerprint().getShape().getHiddenSize()).isEqualTo(64);
            assertThat(found.getFingerprint().getParameters()).isPositive();
            assertThat(found.getDeclaredBases())
                    .containsExactly(
                            new DeclaredBase("zoo/base-a", null, "webhook", DeclarationStrength.STATED, null),
                            new DeclaredBase("zoo/base-a", null, "model-card", DeclarationStrength.STATED, null));
            assertThat(found.getLicence()).isEqualTo("apache-2.0");
            assertThat(found.getBytesRead())
                    .isGreaterThan(Files.size(WorkerSite.ZOO.resolve("base-a-sft-light/model.safetensors")) / 2);
            assertThat(found.getRequests()).isPositive();
            assertThat(found.getCorrelationId()).isEqualTo("correlation-child");
            assertThat(found.getUploadEventId()).isEqualTo("event-child");
            assertThat(found.getLocation()).isEqualTo(site.location("child"));
            assertThat(found.getUploadedAt()).isEqualTo(uploaded.getUploadedAt());
            assertThat(found.getFingerprintedAt()).isAfter(uploaded.getUploadedAt());
            var record = site.fingerprintRecords().getFirst();
            assertThat(record.key()).isEqualTo("internal/child@1");
            assertThat(new String(record.headers().lastHeader("traceparent").value(), StandardCharsets.UTF_8))
                    .startsWith("00-0af7651916cd43dd8448eb211c80319c");
            await().atMost(SOON).until(() -> site.uncommitted() == 0);
            assertThat(get(worker, "/health/ready").statusCode()).isEqualTo(200);
            assertThat(get(worker, "/metrics").body())
                    .contains("forebear_worker_uploads_total{outcome=\"analysed\",service=\"fingerprint-worker\"} 1.0")
                    .contains("forebear_worker_bytes_read_bytes_total")
                    .contains("forebear_worker_uploads_in_flight");
        }
    }

    @Test
    void tellsOfATruncatedFileAndGoesOnWithTheNextModel() throws Exception {
        byte[] whole = Files.readAllBytes(WorkerSite.ZOO.resolve("base-a/model.safetensors"));
        site.putZoo("truncated", "base-a");
        site.put("truncated", "model.safetensors", Arrays.copyOf(whole, whole.length - 1000));
        site.putZoo("sound", "base-a");
        try (var worker = WorkerService.start(site.config())) {
            site.announce("truncated", Lane.INTERACTIVE);
            site.announce("sound", Lane.INTERACTIVE);
            ModelFingerprint truncated = fingerprintOf("internal/truncated@1");
            assertThat(truncated.getFingerprint()).isNull();
            assertThat(truncated.getNotAnalysed().getReason()).isEqualTo("malformed");
            assertThat(truncated.getNotAnalysed().getMessage())
                    .startsWith("model.safetensors: ")
                    .contains("expected")
                    .contains("found")
                    .doesNotContain("Exception");
            assertThat(truncated.getLicence()).isEqualTo("apache-2.0");
            assertThat(fingerprintOf("internal/sound@1").getFingerprint()).isNotNull();
            DeadLetter letter = onlyDeadLetter();
            assertThat(letter.getReason()).isEqualTo("malformed");
            assertThat(letter.getMessage()).isEqualTo(truncated.getNotAnalysed().getMessage());
            assertThat(letter.getCorrelationId()).isEqualTo("correlation-truncated");
            assertThat(letter.getAttempts()).isEqualTo(1);
        }
    }

    @Test
    void goesOnAfterHostileModelsOfEveryFormatBetweenTwoSoundOnes() throws Exception {
        byte[] deflatedZeros = deflated("archive/data.pkl", new byte[80 << 20]);
        var hostile = new LinkedHashMap<String, String>();
        hostile.put("outside", "refused");
        hostile.put("bomb", "refused");
        hostile.put("code", "unsafe");
        hostile.put("nesting", "malformed");
        hostile.put("absurd", "refused");
        hostile.put("header", "malformed");
        site.put("outside", "model.safetensors.index.json", text("{\"weight_map\":{\"a\":\"../../x.safetensors\"}}"));
        site.put("bomb", "pytorch_model.bin", deflatedZeros);
        site.put("code", "pytorch_model.bin", text("cos\nsystem\n(Vid\ntR."));
        site.put("nesting", "model.safetensors", text("\0\20\0\0\0\0\0\0{\"a\":" + "[".repeat(4_091)));
        site.put("absurd", "model.gguf", text("GGUF\3\0\0\0" + "\177".repeat(64)));
        site.put("header", "weights.npy", text("\223NUMPY\2\0\177\177\177\177{"));
        site.putZoo("first", "base-a");
        site.putZoo("last", "base-b");
        try (var worker = WorkerService.start(site.config())) {
            site.announce("first", Lane.INTERACTIVE);
            for (String model : hostile.keySet()) {
                site.announce(model, Lane.INTERACTIVE);
            }
            site.announce("last", Lane.INTERACTIVE);
            for (var model : hostile.entrySet()) {
                assertThat(fingerprintOf("internal/" + model.getKey() + "@1")
                                .getNotAnalysed()
                                .getReason())
                        .as(model.getKey())
                        .isEqualTo(model.getValue());
            }
            assertThat(fingerprintOf("internal/first@1").getFingerprint()).isNotNull();
            assertThat(fingerprintOf("internal/last@1").getFingerprint()).isNotNull();
        }
    }

    private static byte[] text(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] deflated(String name, byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    @Test
    void tellsOfAHeaderThatClaimsMoreThanTheFileHolds() throws Exception {
        site.putZoo("hostile", "base-a");
        site.put(
                "hostile",
                "model.safetensors",
                ByteBuffer.allocate(64)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(Long.MAX_VALUE)
                        .array());
        try (var worker = WorkerService.start(site.config())) {
            site.announce("hostile", Lane.INTERACTIVE);
            assertThat(fingerprintOf("internal/hostile@1").getNotAnalysed().getReason())
                    .isEqualTo("malformed");
        }
    }

    @Test
    void waitsForAShardThatIsStillArriving() throws Exception {
        site.putZoo("sharded", "base-a-copy");
        String last = "model-00002-of-00002.safetensors";
        byte[] shard = Files.readAllBytes(WorkerSite.ZOO.resolve("base-a-copy").resolve(last));
        site.remove("sharded", last);
        WorkerConfig patient = within(site.config(), Duration.ofMinutes(1));
        try (var worker = WorkerService.start(patient)) {
            site.announce("sharded", Lane.INTERACTIVE);
            await().atMost(SOON).until(() -> get(worker, "/metrics").body().contains("cause=\"missing\""));
            assertThat(site.fingerprints()).isEmpty();
            site.put("sharded", last, shard);
            assertThat(fingerprintOf("internal/sharded@1").getFingerprint()).isNotNull();
        }
    }

    @Test
    void saysMissingWhenNothingArrives() throws Exception {
        try (var worker = WorkerService.start(site.config())) {
            site.announce("nothing", Lane.INTERACTIVE);
            assertThat(fingerprintOf("internal/nothing@1").getNotAnalysed().getReason())
                    .isEqualTo("missing");
            assertThat(onlyDeadLetter().getReason()).isEqualTo("exhausted");
        }
    }

    @Test
    void triesAnUnreachableStoreUntilTheDeadline() throws Exception {
        var nowhere = StoresConfig.ofS3(URI.create("http://127.0.0.1:9"), "key", Secret.of("secret"));
        WorkerConfig config = within(site.config(nowhere), Duration.ofSeconds(6));
        try (var worker = WorkerService.start(config)) {
            site.announce("far", Lane.INTERACTIVE);
            ModelFingerprint found = fingerprintOf("internal/far@1");
            assertThat(found.getNotAnalysed().getReason()).isEqualTo("unreachable");
            assertThat(found.getNotAnalysed().getMessage()).startsWith(site.location("far"));
            assertThat(onlyDeadLetter().getAttempts()).isGreaterThan(1);
        }
    }

    @Test
    void readsNothingOutsideItsStores() throws Exception {
        try (var worker = WorkerService.start(site.config())) {
            site.announce(site.uploaded("local", Lane.INTERACTIVE)
                    .setLocation(WorkerSite.ZOO.resolve("base-a").toString())
                    .build());
            site.announce(site.uploaded("web", Lane.INTERACTIVE)
                    .setLocation("http://169.254.169.254/latest/meta-data")
                    .build());
            assertThat(fingerprintOf("internal/local@1").getNotAnalysed().getReason())
                    .isEqualTo("refused");
            assertThat(fingerprintOf("internal/web@1").getNotAnalysed().getReason())
                    .isEqualTo("unsupported");
        }
    }

    @Test
    void putsUndecodableRecordsAsideAndGoesOn() throws Exception {
        site.putZoo("sound", "base-a");
        byte[] garbage = "not an upload".getBytes(StandardCharsets.UTF_8);
        try (var worker = WorkerService.start(site.config())) {
            site.send("internal/sound", garbage);
            site.announce("sound", Lane.INTERACTIVE);
            assertThat(fingerprintOf("internal/sound@1").getFingerprint()).isNotNull();
            DeadLetter letter = onlyDeadLetter();
            assertThat(letter.getReason()).isEqualTo("undecodable");
            assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(garbage));
            assertThat(letter.getStage()).isEqualTo("fingerprint-worker");
            assertThat(letter.getMessage()).contains("model-uploads/");
            await().atMost(SOON).until(() -> site.uncommitted() == 0);
        }
    }

    @Test
    void refusesToStartWithoutItsTopics() {
        var config = site.config();
        var elsewhere = new KafkaConfig(config.kafka().bootstrapServers(), "absent.", Map.of());
        assertThatThrownBy(() -> WorkerService.start(WorkerConfig.of(
                        elsewhere, config.schemaRegistry(), ListenAddress.anyLoopbackPort(), config.stores())))
                .isInstanceOf(TopicException.class)
                .hasMessageContaining("absent.model-uploads");
    }

    private ModelFingerprint fingerprintOf(String id) {
        return await().atMost(SOON)
                .until(
                        () -> site.fingerprints().stream()
                                .filter(found -> found.getModelVersionId().equals(id))
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    private DeadLetter onlyDeadLetter() {
        return await().atMost(SOON)
                .until(() -> site.deadLetters(), letters -> letters.size() == 1)
                .getFirst();
    }

    private static WorkerConfig within(WorkerConfig config, Duration time) {
        RetryPolicy retries = config.retries();
        return new WorkerConfig(
                config.kafka(),
                config.schemaRegistry(),
                config.listen(),
                config.stores(),
                config.workers(),
                config.bufferedUploads(),
                new RetryPolicy(retries.firstDelay(), retries.longestDelay(), time, time));
    }

    private static HttpResponse<String> get(WorkerService worker, String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + worker.port() + path))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
