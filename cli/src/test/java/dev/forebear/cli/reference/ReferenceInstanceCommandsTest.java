package dev.forebear.cli.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebear.cli.CommandContract;
import dev.forebear.cli.Run;
import dev.forebear.cli.Zoo;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.match.MatchConfig;
import dev.forebear.match.MatchService;
import dev.forebear.platform.EmbeddedPlatform;
import dev.forebear.platform.EmbeddedPlatformConfig;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.WireConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reference models kept in an instance, over a real broker, and carried from one to another. */
class ReferenceInstanceCommandsTest implements CommandContract {

    private static final int SHARDS = 2;

    @TempDir
    private static Path folder;

    private static EmbeddedPlatform platform;
    private static MatchService matcher;

    @BeforeAll
    static void startTwoInstancesOneOfWhichMatches() {
        platform = EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(folder.resolve("platform")));
        for (String prefix : List.of("", "partner.", "empty.")) {
            new TopicAdmin(new KafkaConfig(platform.bootstrapServers(), prefix, Map.of())).create(SHARDS, (short) 1);
        }
        matcher = MatchService.start(new MatchConfig(
                new WireConfig(
                        KafkaConfig.of(platform.bootstrapServers()),
                        SchemaRegistryConfig.of(platform.schemaRegistryUrl())),
                new ListenAddress("127.0.0.1", 0),
                "matcher",
                folder.resolve("state"),
                1,
                Duration.ofMillis(20)));
        assertThat(add("", "base-a", "quarry-ai/basalt", "2024-03-01", "--family", "Basalt")
                        .exitCode())
                .isZero();
        assertThat(add("", "base-b", "other/model", "2024-04-01").exitCode()).isZero();
    }

    @AfterAll
    static void stop() {
        matcher.close();
        platform.close();
    }

    @Override
    public List<String> command() {
        return List.of("reference", "export");
    }

    @Override
    public List<String> positionals() {
        return List.of("FILE");
    }

    @Test
    void isABaseThatUploadsAreComparedWith() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                in("", "scan", Zoo.location("base-a-sft-light")).out())
                        .startsWith("1 relative of base-a-sft-light found among 2 models")
                        .containsPattern("reference/quarry-ai/basalt@main +shared lineage"));
    }

    @Test
    void goesToAPartnerAsAFileWithoutItsWeights() {
        Path file = folder.resolve("ours.forebear");

        assertThat(in("", "reference", "export", file.toString()).out()).startsWith("2 models in " + file);
        Run imported = in("partner.", "reference", "import", file.toString());
        assertThat(imported.out()).contains("2 added, 0 replaced, 0 known by another name already");
        assertThat(in("partner.", "reference", "list").out())
                .containsPattern("quarry-ai/basalt@main +Basalt +quarry-ai +2024-03-01 +apache-2\\.0 +weights");

        // The same weights by a later name are another name of the earlier model, which is all that changes.
        assertThat(add("partner.", "base-a-copy", "someone/renamed", "2025-01-01")
                        .out())
                .startsWith(
                        "The weights of reference/someone/renamed@main are those of reference/quarry-ai/basalt@main");
        assertThat(in("partner.", "reference", "list").out())
                .containsPattern("quarry-ai/basalt@main.* someone/renamed")
                .doesNotContain("someone/renamed@main");
        assertThat(in("partner.", "reference", "import", file.toString()).out()).contains("0 added, 2 replaced");
    }

    @Test
    void givesItsPlaceToACopyThatWasReleasedBefore() {
        add("partner.", "base-c", "late/copy", "2025-01-01");

        assertThat(add("partner.", "base-c", "early/original", "2024-01-01").out())
                .startsWith("Added reference/early/original@main");

        assertThat(in("partner.", "reference", "list").out())
                .containsPattern("early/original@main.* late/copy")
                .doesNotContain("late/copy@main");
    }

    @Test
    void exportsOnlyTheRegistriesThatAreAskedFor() {
        Path file = folder.resolve("hub.forebear");

        assertThat(in("", "reference", "export", file.toString(), "--registry", "hub")
                        .out())
                .startsWith("0 models in " + file);
    }

    @Test
    void leavesOutModelsOfWhichOnlyThePeersSignalsAreKnown() throws Exception {
        Path database = folder.resolve("database");
        SmallPeerDatabase.write(database, "base-g");
        Path file = folder.resolve("mixed.forebear");
        assertThat(Run.forebear("reference", "import", database.toString(), "--file", file.toString())
                        .exitCode())
                .isZero();
        assertThat(Run.forebear(
                                "reference",
                                "add",
                                Zoo.location("base-a"),
                                "--name",
                                "a/b",
                                "--released",
                                "2024-01-01",
                                "--file",
                                file.toString())
                        .exitCode())
                .isZero();

        Run imported = in("empty.", "reference", "import", file.toString());

        assertThat(imported.out()).contains("1 added");
        assertThat(imported.err()).contains("1 models were left out: an instance compares weights");
        assertThat(in("empty.", "reference", "list").out()).contains("a/b@main").doesNotContain("base-g");
    }

    @Test
    void saysWhichTopicIsMissingWhereNoInstanceRuns() {
        Run run = in("absent.", "reference", "list");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.errLines()).singleElement().asString().contains("absent.model-fingerprints");
    }

    private static Run add(String prefix, String model, String name, String released, String... more) {
        var arguments = new ArrayList<>(
                List.of("reference", "add", Zoo.location(model), "--name", name, "--released", released));
        arguments.addAll(List.of(more));
        return in(prefix, arguments.toArray(String[]::new));
    }

    private static Run in(String prefix, String... arguments) {
        return Run.forebear(
                Map.of(
                        "FOREBEAR_KAFKA",
                        platform.bootstrapServers(),
                        "FOREBEAR_SCHEMA_REGISTRY",
                        platform.schemaRegistryUrl().toString(),
                        "FOREBEAR_TOPIC_PREFIX",
                        prefix),
                arguments);
    }
}
