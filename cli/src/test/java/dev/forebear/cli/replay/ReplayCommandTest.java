package dev.forebear.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.cli.CommandContract;
import dev.forebear.cli.Run;
import dev.forebear.cli.Zoo;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.platform.EmbeddedPlatform;
import dev.forebear.platform.EmbeddedPlatformConfig;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireTrust;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.signals.Fingerprinter;
import dev.forebear.worker.FingerprintRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks an instance over a real broker. */
class ReplayCommandTest implements CommandContract {

    private static final Instant BEGIN = Instant.parse("2025-03-01T00:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static EmbeddedPlatform platform;

    @TempDir
    private Path folder;

    @BeforeAll
    static void fillAnInstance(@TempDir Path data) throws Exception {
        WireTrust.establish();
        platform = EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(data.resolve("platform")));
        new TopicAdmin(KafkaConfig.of(platform.bootstrapServers())).create(2, (short) 1);
        upload("base-a", 0);
        upload("base-a-sft-light", 10);
        upload("base-b", 20);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Override
    public List<String> command() {
        return List.of("replay");
    }

    @Test
    void countsBeforeItWritesAnything() throws Exception {
        Run run = replay("--dry-run", "--from", "2025-03-05");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .containsPattern("uploads +2\n")
                .containsPattern("fingerprinted by today's algorithm +2\n")
                .containsPattern("models to hold them against +3\n")
                .contains("time, about");
        JsonNode count = JSON.readTree(replay("--dry-run", "--json").out());
        assertThat(count.path("uploads").asInt()).isEqualTo(3);
        assertThat(count.path("references").asInt()).isEqualTo(3);
    }

    @Test
    void writesTheDocumentsAndSaysWhatTheyComeTo() throws Exception {
        Path policy = Files.writeString(folder.resolve("ours.yaml"), PolicyFile.standardText());

        Run run = replay(
                "--until",
                "2025-03-15T00:00:00Z",
                "--policy",
                policy.toString(),
                "--output",
                folder.resolve("audit").toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("^Replay [0-9a-f]{12}: 2 uploads, policy sha256:[0-9a-f]{12} \\(ours.yaml\\)")
                .containsPattern("not reported on at the time +2\n")
                .containsPattern("ancestors that are new +1\n")
                .containsPattern("high +undisclosed-ancestry +1\n")
                .contains("Documents: " + folder.resolve("audit"));
        assertThat(folder.resolve("audit")).isDirectoryContaining("glob:**/report.html");
        assertThat(Files.readString(folder.resolve("audit").resolve("findings.csv")))
                .contains("hub/base-a-sft-light@1");
    }

    @Test
    void listsReplaysAndGoesOnWithThemByTheirIds() throws Exception {
        JsonNode done = JSON.readTree(replay("--name", "base-b", "--json", "--output", "" + folder.resolve("one"))
                .out());
        String id = done.path("replay").asText();

        JsonNode listed = JSON.readTree(replay("list", "--json").out()).path("replays");
        Run again = replay("--resume", id, "--output", "" + folder.resolve("two"));

        assertThat(listed).anySatisfy(replay -> {
            assertThat(replay.path("replay").asText()).isEqualTo(id);
            assertThat(replay.path("state").asText()).isEqualTo("complete");
            assertThat(replay.path("done").asInt()).isEqualTo(1);
        });
        assertThat(replay("list").out()).contains(id).containsPattern("complete +1 +100 %");
        assertThat(again.exitCode()).isZero();
        assertThat(folder.resolve("two/report.json"))
                .hasSameBinaryContentAs(folder.resolve("one").resolve("report.json"));
    }

    @Test
    void refusesWhatIsNoQuestion() throws Exception {
        assertRefused(
                "--from: expected a day like 2025-01-31 or a time like 2025-01-31T12:00:00Z, found 'March'",
                "--from",
                "March");
        assertRefused("range: expected a beginning before its end", "--from", "2025-04-01", "--until", "2025-03-01");
        assertRefused("selection: expected at least one upload, found none", "--from", "2031-01-01");
        assertRefused("registry: expected one of hub, found 'hup'", "--registry", "hup");
        assertRefused("team: expected none, since there is none, found 'nlp'", "--team", "nlp");
        assertRefused("--rate: expected at least 1 upload a second, found 0", "--rate", "0");
        assertRefused("--resume: expected the id of a replay that was begun", "--resume", "123456789abc");
        assertRefused(
                "--resume: expected no other question beside it", "--resume", "123456789abc", "--from", "2025-01-01");
        assertRefused("--notify: expected --as-of now", "--notify", "--as-of", "upload");
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "policy: 1\nrulez: {}\n");
        assertRefused(broken + ":2:1: ", "--policy", broken.toString());
    }

    private void assertRefused(String message, String... args) {
        Run run = replay(args);

        assertThat(run.exitCode()).as(message).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines().stream().filter(line -> line.startsWith("forebear: ")))
                .singleElement()
                .asString()
                .contains(message);
    }

    @Test
    void saysWhatCannotBeReached() {
        assertThat(replay("--policy", folder.resolve("none.yaml").toString()))
                .satisfies(run -> assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT))
                .satisfies(run -> assertThat(run.err()).contains("none.yaml: expected a file, found none"));
        Run elsewhere = Run.forebear(
                Map.of("FOREBEAR_TOPIC_PREFIX", "other."), "replay", "--kafka", platform.bootstrapServers());
        assertThat(elsewhere.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(elsewhere.err()).contains("topic other.replayed-reports: missing");
    }

    private static Run replay(String... args) {
        var all = new ArrayList<>(List.of("replay"));
        all.addAll(List.of(args));
        return Run.forebear(
                Map.of(
                        "FOREBEAR_KAFKA", platform.bootstrapServers(),
                        "FOREBEAR_SCHEMA_REGISTRY", platform.schemaRegistryUrl().toString()),
                all.toArray(String[]::new));
    }

    private static void upload(String model, int days) throws Exception {
        Instant at = BEGIN.plusSeconds(days * 86_400L);
        String id = "hub/" + model + "@1";
        write(
                Topics.MODEL_UPLOADS,
                "hub/" + model,
                ModelUploaded.newBuilder()
                        .setEventId("event-" + model)
                        .setModelVersionId(id)
                        .setRegistry("hub")
                        .setName(model)
                        .setVersion("1")
                        .setLocation("")
                        .setSender("mlflow")
                        .setLane(Lane.INTERACTIVE)
                        .setUploadedAt(at)
                        .setReceivedAt(at)
                        .setCorrelationId("c-" + model)
                        .build());
        write(Topics.MODEL_FINGERPRINTS, id, fingerprint(model, id, at));
    }

    private static ModelFingerprint fingerprint(String model, String id, Instant at) throws IOException {
        try (var checkpoint = Checkpoint.open(new FolderStorage(Zoo.folder(model)))) {
            return ModelFingerprint.newBuilder()
                    .setModelVersionId(id)
                    .setRegistry("hub")
                    .setName(model)
                    .setVersion("1")
                    .setLocation("")
                    .setUploadEventId("event-" + model)
                    .setFingerprint(FingerprintRecords.wire(Fingerprinter.fingerprint(checkpoint)))
                    .setLane(Lane.INTERACTIVE)
                    .setUploadedAt(at)
                    .setFingerprintedAt(at)
                    .setBytesRead(1)
                    .setRequests(1)
                    .setElapsedMillis(1)
                    .setCorrelationId("c-" + model)
                    .build();
        }
    }

    private static <V extends SpecificRecord> void write(Topic<V> topic, String key, V value)
            throws InterruptedException, ExecutionException {
        try (var schemas = new SchemaRegistryClient(SchemaRegistryConfig.of(platform.schemaRegistryUrl()));
                var producer = new KafkaProducer<>(
                        KafkaConfig.of(platform.bootstrapServers()).clientProperties(),
                        new StringSerializer(),
                        new AvroSerde<>(topic.type(), schemas).serializer())) {
            producer.send(new ProducerRecord<>(topic.name(), key, value)).get();
        }
    }
}
