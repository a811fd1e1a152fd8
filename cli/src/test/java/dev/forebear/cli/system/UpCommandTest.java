package dev.forebear.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.cli.CommandContract;
import dev.forebear.cli.Run;
import dev.forebear.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpCommandTest implements CommandContract {

    @TempDir
    private Path folder;

    @Override
    public List<String> command() {
        return List.of("up");
    }

    @Test
    void saysThatTheDataFolderIsAFile() throws IOException {
        var file = Files.createFile(folder.resolve("data"));

        Run run = run("--data", file.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).last().asString().contains(file.toString());
    }

    @Test
    void saysAllThatIsWrongInItsFilesAtOnce() throws IOException {
        var registries = folder.resolve("registries.yaml");
        Files.writeString(registries, "registries:\n  - alias: hub\n    kind: telepathy\n    secrets: [{env: NONE}]\n");

        Run run = run(
                "--data", folder.resolve("data").toString(),
                "--registries", registries.toString(),
                "--dashboard-port", "0",
                "--webhooks-port", "0",
                "--kafka-port", "0",
                "--schema-registry-port", "0",
                "--s3-port", "0");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.errLines()).anySatisfy(line -> assertThat(line).contains("telepathy", "hugging-face"));
        assertThat(run.err()).doesNotContain("\tat ");
    }
}
