package dev.forebear.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebear.platform.EmbeddedPlatform;
import dev.forebear.platform.EmbeddedPlatformConfig;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A year of uploads, replayed by the packaged program. */
class ReplayIT {

    private static final Duration DONE_WITHIN = Duration.ofMinutes(3);

    @TempDir
    private static Path folder;

    private static EmbeddedPlatform platform;
    private static YearOfUploads year;

    @BeforeAll
    static void start() throws Exception {
        platform = EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(folder.resolve("platform")));
        year = YearOfUploads.overTheZoo();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void givesTheSameDocumentsWhenItIsKilledTwiceAndResumed() throws Exception {
        WireConfig undisturbed = instance("undisturbed.");
        WireConfig killed = instance("killed.");
        year.write(undisturbed);
        year.write(killed);

        replay(undisturbed, "--output", folder.resolve("undisturbed").toString());
        killAfter(killed, 60, "--rate", "30");
        String id = begun(killed);
        killAfter(killed, 150, "--rate", "30", "--resume", id);
        assertThat(answered(killed)).as("it was killed in the middle").isLessThan(YearOfUploads.UPLOADS);
        replay(killed, "--resume", id, "--output", folder.resolve("killed").toString());

        for (String document : List.of("report.html", "report.json", "uploads.csv", "findings.csv")) {
            assertThat(folder.resolve("killed").resolve(document))
                    .hasSameBinaryContentAs(folder.resolve("undisturbed").resolve(document));
        }
        assertThat(answered(killed)).as("no upload is answered twice").isEqualTo(YearOfUploads.UPLOADS);
        assertThat(Files.readAllLines(folder.resolve("killed").resolve("uploads.csv")))
                .as("a line for each, and their headings")
                .hasSize(YearOfUploads.UPLOADS + 1);
    }

    private static WireConfig instance(String prefix) {
        return new WireConfig(
                new KafkaConfig(platform.bootstrapServers(), prefix, Map.of()),
                SchemaRegistryConfig.of(platform.schemaRegistryUrl()));
    }

    private static ChildProcess start(WireConfig wire, String... arguments) {
        List<String> all = new ArrayList<>(List.of("replay"));
        all.addAll(List.of(arguments));
        return ChildProcess.ofModule(
                "cli",
                Map.of(
                        "FOREBEAR_KAFKA", platform.bootstrapServers(),
                        "FOREBEAR_SCHEMA_REGISTRY", platform.schemaRegistryUrl().toString(),
                        "FOREBEAR_TOPIC_PREFIX", wire.kafka().topicPrefix()),
                all.toArray(String[]::new));
    }

    private static void replay(WireConfig wire, String... arguments) throws InterruptedException {
        try (var process = start(wire, arguments)) {
            assertThat(process.awaitEnd(DONE_WITHIN)).as(process.log()).isZero();
        }
    }

    private static void killAfter(WireConfig wire, int answers, String... arguments) throws InterruptedException {
        try (var process = start(wire, arguments)) {
            await().atMost(DONE_WITHIN)
                    .pollInterval(Duration.ofMillis(100))
                    .failFast(process.log(), () -> process.hasEnded())
                    .until(() -> answered(wire) >= answers);
            process.kill();
        }
    }

    private static String begun(WireConfig wire) {
        try (var topics = new TopicReader(wire)) {
            return topics.all(Topics.REPLAYS).getLast().getReplayId();
        }
    }

    private static int answered(WireConfig wire) {
        try (var topics = new TopicReader(wire)) {
            return topics.all(Topics.REPLAYED_REPORTS).size();
        }
    }
}
