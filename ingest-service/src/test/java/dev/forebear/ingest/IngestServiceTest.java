package dev.forebear.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.forebear.ingest.completion.CompletionConfig;
import dev.forebear.ingest.reconcile.ReconcileConfig;
import dev.forebear.ingest.registration.Rate;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.ingest.sender.Sample;
import dev.forebear.ingest.sender.Webhook;
import dev.forebear.platform.EmbeddedPlatform;
import dev.forebear.platform.EmbeddedPlatformConfig;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.TopicException;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelChangeKind;
import dev.forebear.schemas.wire.ObjectChanged;
import dev.forebear.schemas.wire.RefusalCount;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service as registries and Kafka see it. One platform and its topics serve all tests; each reads what it wrote.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IngestServiceTest {

    private static final List<Registration> REGISTRATIONS = List.of(
            Registration.of("huggingface", RegistryKind.HUGGING_FACE, Secret.of("hf-demo-secret-0001")),
            Registration.of("mlflow", RegistryKind.MLFLOW, Secret.of("mlflow-demo-secret-0001")),
            Registration.of("minio", RegistryKind.S3, Secret.of("minio-demo-token-0001")),
            Registration.of("rustfs", RegistryKind.S3, Secret.of("rustfs-demo-token")),
            Registration.open("cloudevents", RegistryKind.CLOUD_EVENTS),
            Registration.of("azure", RegistryKind.AZURE_ML, Secret.of("azure-demo-secret")),
            Registration.of("gitlab", RegistryKind.GITLAB, Secret.of("gitlab-demo-token"))
                    .askedAt(RegistryApi.of(URI.create("https://gitlab.example.com"), null, List.of("4242"))),
            Registration.of("limited", RegistryKind.HUGGING_FACE, Secret.of("hf-demo-secret-0001"))
                    .limitedTo(Rate.parse("2/m")),
            Registration.open("pipelines", RegistryKind.KUBEFLOW));

    private final HttpClient client = HttpClient.newHttpClient();
    private Path data;
    private EmbeddedPlatform platform;
    private KafkaConfig kafka;
    private WrittenTopics written;
    private IngestService service;

    @BeforeAll
    void startPlatform(@TempDir Path folder) {
        data = folder;
        platform = EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(data));
        kafka = KafkaConfig.of(platform.bootstrapServers());
        new TopicAdmin(kafka).create(1, (short) 1);
    }

    @AfterAll
    void stopPlatform() {
        client.close();
        platform.close();
    }

    @BeforeEach
    void startService() {
        written = WrittenTopics.since(kafka, platform.schemaRegistryUrl());
        service = IngestService.start(config(kafka), () -> Sample.TIME);
    }

    @AfterEach
    void stopService() {
        service.close();
    }

    @Test
    void publishesWhatTheRegistryAnnounced() throws Exception {
        var response = post("mlflow", Sample.read("mlflow-01-model-version-created"));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(written.uploads()).singleElement().satisfies(record -> {
            var upload = record.value();
            assertThat(record.key()).isEqualTo("mlflow/helios-7b-support");
            assertThat(upload.getEventId()).isEqualTo("mlflow:mlflow:0b9d0c1e-7c55-4a36-9a6e-4f6f4d6a0001");
            assertThat(upload.getModelVersionId()).isEqualTo("mlflow/helios-7b-support@4");
            assertThat(upload.getRegistry()).isEqualTo("mlflow");
            assertThat(upload.getName()).isEqualTo("helios-7b-support");
            assertThat(upload.getVersion()).isEqualTo("4");
            assertThat(upload.getLocation()).isEqualTo("models:/m-5c1d0e8a9b7f4d2ea1f0c3b2d4e5f607");
            assertThat(upload.getSender()).isEqualTo("mlflow");
            assertThat(upload.getLane()).isEqualTo(Lane.INTERACTIVE);
            assertThat(upload.getDeclaredBases())
                    .containsExactly(new DeclaredBase(
                            "quarry-ai/basalt-7b", null, "registry-tag", DeclarationStrength.STATED, null));
            assertThat(upload.getUploadedAt()).isEqualTo("2026-11-20T08:00:00.123Z");
            assertThat(upload.getReceivedAt()).isEqualTo(Sample.TIME);
            assertThat(text(record.headers().lastHeader("correlation-id"))).isEqualTo(upload.getCorrelationId());
            assertThat(response.body()).contains(upload.getCorrelationId(), upload.getModelVersionId());
        });
    }

    @Test
    void publishesOneRecordForEveryAcceptedSampleAndNoneForTheOthers() throws Exception {
        for (String sample : List.of(
                "hf-01-repo-content-update",
                "hf-02-repo-create",
                "hf-03-new-tag-and-branch",
                "hf-04-pull-request-ref",
                "hf-05-repo-config-visibility",
                "hf-06-repo-delete",
                "hf-07-repo-move",
                "hf-08-bucket-content-update",
                "hf-09-discussion-pr-opened",
                "hf-10-unknown-future-scope",
                "mlflow-01-model-version-created",
                "mlflow-02-model-version-created-s3-source",
                "mlflow-03-registered-model-created",
                "mlflow-04-model-version-tag-set",
                "mlflow-05-model-version-tag-deleted",
                "mlflow-06-model-version-alias-created",
                "mlflow-07-model-version-alias-deleted",
                "mlflow-08-with-workspace",
                "minio-01-webhook-object-created-put",
                "minio-02-webhook-complete-multipart",
                "minio-03-webhook-key-with-space-plus-unicode",
                "minio-04-webhook-object-removed",
                "rustfs-01-webhook-object-created",
                "cloudevents-01-structured",
                "cloudevents-02-binary",
                "cloudevents-03-batch")) {
            String alias = sample.startsWith("hf") ? "huggingface" : sample.substring(0, sample.indexOf('-'));
            assertThat(post(alias, Sample.read(sample)).statusCode()).as(sample).isBetween(200, 299);
        }

        // The model in the bucket is announced once nothing was written to its folder for a moment.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(written.uploads())
                        .extracting(record -> record.value().getModelVersionId())
                        .containsExactlyInAnyOrder(
                                "huggingface/brightforge/helios-7b-instruct@2b38059c1bba49d51be5ee2cff9cc011a7effa68",
                                "huggingface/quarry-ai/basalt-3b@41555857ff04718e6a27dcd1e1cba63fa9daadf2",
                                "huggingface/quarry-ai/basalt-3b@6f4e59277bf8e018e2bd8ceef3aefda483694eb7",
                                "huggingface/quarry-ai/basalt-3b@8bc10f6642d7b68a612d8494b50a47fa7b458151",
                                "mlflow/helios-7b-support@4",
                                "mlflow/slate-ner@1",
                                "mlflow/team-a/slate-ner@2",
                                "rustfs/helios-7b@v4",
                                // The binary sample is the same event as the structured one; the batch holds another.
                                "cloudevents/helios-7b@4",
                                "cloudevents/helios-7b@4"));
        assertThat(written.read(Topics.OBJECT_CHANGES, ObjectChanged.class))
                .extracting(record ->
                        record.value().getRegistry() + " " + record.value().getPath())
                .containsExactlyInAnyOrder(
                        "minio config.json",
                        "minio model-00001-of-00002.safetensors",
                        "minio model.safetensors",
                        "rustfs model.safetensors");
        assertThat(written.changes())
                .extracting(record -> record.value().getChange())
                .contains(
                        ModelChangeKind.VISIBILITY_CHANGED,
                        ModelChangeKind.DELETED,
                        ModelChangeKind.MOVED,
                        ModelChangeKind.DECLARATION_CHANGED);
        assertThat(written.deadLetters())
                .extracting(record -> record.value().getOriginTopic())
                .containsExactlyInAnyOrder("/hooks/huggingface", "/hooks/minio");
    }

    @Test
    void answersRepeatedDeliveryWithoutPublishingAgain() throws Exception {
        var webhook = Sample.read("hf-03-new-tag-and-branch");

        assertThat(post("huggingface", webhook).body()).contains("\"status\":\"accepted\"");
        var again = post("huggingface", webhook);

        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.body()).contains("\"status\":\"duplicate\"");
        assertThat(written.uploads()).hasSize(2);
    }

    @Test
    void keepsWhatIsPutAsideWithItsBytesButNotItsSecrets() throws Exception {
        Map<String, String> headers =
                new HashMap<>(Sample.read("hf-08-bucket-content-update").headers());
        headers.put("X-Gateway-Token", "gateway-demo-secret");
        var webhook =
                new Webhook(headers, Sample.read("hf-08-bucket-content-update").body(), Sample.TIME);

        assertThat(post("huggingface", webhook).statusCode()).isEqualTo(202);

        assertThat(written.deadLetters()).singleElement().satisfies(record -> {
            var letter = record.value();
            assertThat(letter.getStage()).isEqualTo("ingest-service");
            assertThat(letter.getReason()).isEqualTo("unsupported");
            assertThat(letter.getOriginTopic()).isEqualTo("/hooks/huggingface");
            assertThat(letter.getValue().array()).isEqualTo(webhook.body());
            // Nothing but what is known to hold no secret, so that a header nobody thought of cannot.
            assertThat(letter.getHeaders())
                    .extracting(header -> header.getKey())
                    .containsExactlyInAnyOrder("content-type", "user-agent");
            assertThat(letter.toString()).doesNotContain("hf-demo-secret", "gateway-demo-secret");
        });
        assertThat(written.uploads()).isEmpty();
    }

    @Test
    void publishesNothingOfWhatItRefusesAndCountsItByAliasAndReason() throws Exception {
        var wrong = Sample.read("mlflow-01-model-version-created");
        byte[] body = wrong.body().clone();
        body[10] ^= 1;

        assertThat(post("mlflow", new Webhook(wrong.headers(), body, Sample.TIME))
                        .statusCode())
                .isEqualTo(401);
        assertThat(post("nobody", wrong).statusCode()).isEqualTo(404);
        assertThat(post("minio", new Webhook(Map.of(), new byte[WebhookRoutes.MAX_BODY_BYTES + 1], Sample.TIME))
                        .statusCode())
                .isEqualTo(413);

        assertThat(written.uploads()).isEmpty();
        assertThat(written.deadLetters()).isEmpty();
        assertThat(get("/metrics").body())
                .contains("alias=\"mlflow\",outcome=\"rejected\",reason=\"signature-wrong\"")
                .contains("alias=\"unknown\",outcome=\"rejected\",reason=\"unknown-alias\"")
                .contains("alias=\"minio\",outcome=\"rejected\",reason=\"too-large\"")
                .doesNotContain("nobody");
    }

    @Test
    void answersOnlyAfterTheBrokerAcknowledged() throws Exception {
        var webhook = Sample.read("hf-02-repo-create");
        // The broker refuses the record when it arrives: nobody but the acknowledgement tells.
        limitRecords("100");
        try {
            var refused = post("huggingface", webhook);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("5");
            assertThat(written.uploads()).isEmpty();
        } finally {
            limitRecords("1048588");
        }

        // What was not stored is not remembered: the retry is no duplicate.
        assertThat(post("huggingface", webhook).body()).contains("\"status\":\"accepted\"");
        assertThat(written.uploads()).hasSize(1);
    }

    @Test
    void registersEachSchemaOnceAndBeforeTheFirstWebhook() throws Exception {
        for (String subject : List.of("model-uploads-value", "dead-letters-value")) {
            assertThat(versions(subject)).isEqualTo("[1]");
        }

        post("mlflow", Sample.read("mlflow-01-model-version-created"));

        assertThat(versions("model-uploads-value")).isEqualTo("[1]");
    }

    @Test
    void passesTheTraceOn() throws Exception {
        post("cloudevents", Sample.read("cloudevents-01-structured"));

        assertThat(written.uploads())
                .singleElement()
                .satisfies(record -> assertThat(text(record.headers().lastHeader("traceparent")))
                        .isEqualTo("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
    }

    @Test
    void asksToWaitWhenMoreIsAnnouncedThanWasAgreedButCountsOnlyWhatIsProven() throws Exception {
        var webhook = Sample.read("hf-01-repo-content-update");
        var forged = new Webhook(Map.of(), webhook.body(), Sample.TIME);

        assertThat(post("limited", forged).statusCode()).isEqualTo(401);
        assertThat(post("limited", webhook).statusCode()).isEqualTo(202);
        assertThat(post("limited", webhook).statusCode()).isEqualTo(202);
        var refused = post("limited", Sample.read("hf-02-repo-create"));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("30");
        assertThat(written.uploads()).hasSize(1);
        assertThat(get("/metrics").body()).contains("alias=\"limited\",outcome=\"rejected\",reason=\"too-many\"");
    }

    @Test
    void asksRegistriesWhoseAnnouncementsDoNotTellWhatIsNew() throws Exception {
        var response = post("gitlab", Sample.read("gitlab-01-tag-push"));

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).contains("\"status\":\"to be listed\"");
        assertThat(get("/metrics").body()).contains("forebear_listings_wanted_total{alias=\"gitlab\"");
    }

    @Test
    void putsAsideWhatDoesNotTellWhatIsNewWhereNobodyCanBeAsked() throws Exception {
        byte[] body = Sample.read("azureml-01-model-registered-cloudevents").body();
        var webhook = new Webhook(Map.of("Authorization", "Bearer azure-demo-secret"), body, Sample.TIME);

        assertThat(post("azure", webhook).body()).contains("put aside", "azure: expected an api");
        assertThat(written.deadLetters())
                .singleElement()
                .satisfies(record -> assertThat(record.value().getReason()).isEqualTo("unusable"));
    }

    @Test
    void confirmsTheSubscriptionOfEventGridBySecretInTheAddress() throws Exception {
        var question = Sample.read("azureml-03-subscription-validation");
        var address = URI.create(service.hook("azure") + "?secret=azure-demo-secret");
        var request = HttpRequest.newBuilder(address).POST(BodyPublishers.ofByteArray(question.body()));

        var response = client.send(request.build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"validationResponse\":\"512d38b6-c7b8-40c8-89fe-f46f9e9622b6\"}");
        assertThat(post("azure", question).statusCode()).isEqualTo(401);
    }

    @Test
    void refusesAnnouncementsOfRegistriesThatAreOnlyAsked() throws Exception {
        var refused = post("pipelines", Sample.read("gitlab-01-tag-push"));

        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.body()).contains("kubeflow is asked what it holds");
    }

    @Test
    void answersTheHandshakeOfCloudEventsOnly() throws Exception {
        var response = handshake("cloudevents");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("WebHook-Allowed-Origin")).contains("registry.example.com");
        assertThat(handshake("mlflow").statusCode()).isEqualTo(405);
        assertThat(handshake("nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void saysWhoIsConnectedAndIsReady() throws Exception {
        assertThat(get("/").body()).contains("\"alias\":\"mlflow\"").doesNotContain("secret");
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsHowARegistryDoes() throws Exception {
        var webhook = Sample.read("hf-01-repo-content-update");
        post("huggingface", webhook);
        post("huggingface", Sample.without(webhook, "X-Webhook-Secret"));

        await().untilAsserted(() -> assertThat(written.statuses())
                .extracting(
                        ConsumerRecord::key,
                        record -> record.value().getAccepted() > 0,
                        record -> record.value().getRefused().stream()
                                .map(RefusalCount::getReason)
                                .toList())
                .contains(tuple("huggingface test", true, List.of("secret-missing"))));
    }

    @Test
    void announcesASampleToItselfWhenTheOperatorAsks() throws Exception {
        var answer = test("mlflow", "application/json");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"status\":202", "mlflow/forebear-test@7");
        assertThat(written.uploads())
                .extracting(record -> record.value().getModelVersionId())
                .contains("mlflow/forebear-test@7");
    }

    @Test
    void leavesToTheOperatorWhatOnlyTheOperatorMayAsk() throws Exception {
        assertThat(test("mlflow", "text/plain").statusCode()).isEqualTo(403);
        assertThat(test("elsewhere", "application/json").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> test(String alias, String contentType) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + service.port() + "/registries/" + alias + "/test");
        var request = HttpRequest.newBuilder(uri)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString("{\"model\": \"forebear-test\", \"version\": \"7\"}"));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void refusesToStartWithoutItsTopics() {
        var elsewhere = new KafkaConfig(platform.bootstrapServers(), "absent.", Map.of());

        assertThatThrownBy(() -> IngestService.start(config(elsewhere)))
                .isInstanceOf(TopicException.class)
                .hasMessageContaining("absent.model-uploads");
    }

    /** Last but one: it takes the platform away from under the others, too. */
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void losesNothingThatItAnswered2xxWhileTheBrokerStopsAndStartsUnderLoad() throws Exception {
        Queue<String> stored = new ConcurrentLinkedQueue<>();
        var refused = new AtomicInteger();
        var number = new AtomicInteger();
        var stop = new AtomicBoolean();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            var sending = IntStream.range(0, 8)
                    .<Future<?>>mapToObj(sender -> senders.submit(() -> {
                        while (!stop.get()) {
                            String id = "load-" + number.getAndIncrement();
                            int status = post("cloudevents", event(id)).statusCode();
                            if (status == 202) {
                                stored.add("cloud-events:cloudevents:load|" + id);
                            } else {
                                assertThat(status).isEqualTo(503);
                                refused.incrementAndGet();
                            }
                        }
                        return null;
                    }))
                    .toList();
            try {
                await().until(() -> stored.size() > 200);
                var before = whereItIs();
                platform.close();
                await().until(() -> refused.get() > 0);
                platform = EmbeddedPlatform.start(before);
                int storedBefore = stored.size();
                await().atMost(Duration.ofSeconds(30)).until(() -> stored.size() > storedBefore + 200);
            } finally {
                // Closing waits for the senders.
                stop.set(true);
            }
            for (Future<?> each : sending) {
                each.get();
            }
        }

        assertThat(written.uploads())
                .extracting(record -> record.value().getEventId())
                .containsAll(stored);
    }

    private static Webhook event(String id) {
        String body = """
            {"specversion": "1.0", "id": "%s", "source": "load", "type": "com.example.model.version.created",
             "data": {"model": "%s", "version": "1", "location": "s3://models/%s/1/"}}
            """.formatted(id, id, id);
        return new Webhook(
                Map.of("Content-Type", "application/cloudevents+json"),
                body.getBytes(StandardCharsets.UTF_8),
                Sample.TIME);
    }

    // A platform that is closed has forgotten where it was.
    private EmbeddedPlatformConfig whereItIs() {
        return new EmbeddedPlatformConfig(
                data,
                Integer.parseInt(platform.bootstrapServers().split(":")[1]),
                platform.schemaRegistryUrl().getPort(),
                0,
                "forebear",
                "forebear-secret");
    }

    /** Last, because it takes the platform away from under the others. */
    @Test
    @Order(Integer.MAX_VALUE)
    void asksTheSenderToTryAgainWhileTheBrokerIsAwayAndLosesNothing() throws Exception {
        var webhook = Sample.read("mlflow-02-model-version-created-s3-source");
        var before = whereItIs();
        platform.close();

        var refused = post("mlflow", webhook);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        await().untilAsserted(
                        () -> assertThat(get("/health/ready").statusCode()).isEqualTo(503));
        assertThat(get("/health/live").statusCode()).isEqualTo(200);

        platform = EmbeddedPlatform.start(before);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(post("mlflow", webhook).statusCode()).isEqualTo(202));

        assertThat(written.uploads())
                .extracting(record -> record.value().getModelVersionId())
                .containsOnly("mlflow/slate-ner@1");
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    private IngestConfig config(KafkaConfig brokers) {
        return new IngestConfig(
                brokers,
                SchemaRegistryConfig.of(platform.schemaRegistryUrl()),
                ListenAddress.anyLoopbackPort(),
                REGISTRATIONS,
                Duration.ofSeconds(2),
                "test",
                new CompletionConfig(Duration.ofMillis(50), CompletionConfig.DEFAULT_MAX_FILES),
                null,
                ReconcileConfig.usual());
    }

    private HttpResponse<String> post(String alias, Webhook webhook) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(service.hook(alias)).POST(BodyPublishers.ofByteArray(webhook.body()));
        webhook.headers().forEach(request::header);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + service.port() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> handshake(String alias) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(service.hook(alias))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("WebHook-Request-Origin", "registry.example.com");
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private void limitRecords(String bytes) throws Exception {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, kafka.topic(Topics.MODEL_UPLOADS));
        var setting = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, bytes);
        var change = new AlterConfigOp(setting, AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(change))).all().get();
            await().until(() -> admin.describeConfigs(List.of(topic))
                    .all()
                    .get()
                    .get(topic)
                    .get(setting.name())
                    .value()
                    .equals(setting.value()));
        }
    }

    private String versions(String subject) throws IOException, InterruptedException {
        var uri = platform.schemaRegistryUrl().resolve("/subjects/" + subject + "/versions");
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private static String text(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
