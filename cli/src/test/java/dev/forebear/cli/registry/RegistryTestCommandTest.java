package dev.forebear.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.cli.CommandContract;
import dev.forebear.cli.Run;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.system.OneProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTestCommandTest implements CommandContract {

    @TempDir
    private static Path folder;

    private static OneProcess all;

    @BeforeAll
    static void start() throws IOException {
        all = ConnectedInstance.start(folder);
    }

    @AfterAll
    static void stop() {
        all.close();
    }

    @Override
    public List<String> command() {
        return List.of("registry", "test");
    }

    @Override
    public List<String> positionals() {
        return List.of("hub");
    }

    @Test
    void followsASignedSampleToTheFingerprint() {
        Run run = test("hub", "--model", "quarry-ai/basalt-7b");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .containsPattern("announced +hub/quarry-ai/basalt-7b@[0-9a-f]{40}\n")
                .containsPattern("answered +202 accepted after \\d+ ms\n")
                .containsPattern(
                        "fingerprint +not analysed, missing: .*s3://models/quarry-ai/basalt-7b/.* after \\d+ ms\n");
    }

    @Test
    void writesTheSameAsJson() {
        Run run = test("hub", "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("{").contains("\"status\" : 202", "\"progress\" : \"not-analysed\"");
    }

    @Test
    void saysWhatKeepsAnAnnouncementFromBeingUsed() {
        Run run = test("lab");

        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.out()).contains("202 put aside");
        assertThat(run.err()).contains("lab: expected an api to ask what is new");
    }

    @Test
    void saysThatNoRegistryIsConnectedUnderTheAlias() {
        Run run = test("elsewhere");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.err()).contains("no registry is connected as 'elsewhere'");
    }

    private static Run test(String alias, String... more) {
        var args = new ArrayList<>(List.of("registry", "test", alias));
        args.addAll(List.of(
                "--url", all.dashboard().toString(), "--ingest", all.webhooks().toString()));
        args.addAll(List.of(more));
        return Run.forebear(args.toArray(String[]::new));
    }
}
