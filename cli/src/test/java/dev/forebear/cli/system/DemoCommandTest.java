package dev.forebear.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.cli.CommandContract;
import dev.forebear.cli.Run;
import dev.forebear.cli.console.ExitCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest implements CommandContract {

    @Override
    public List<String> command() {
        return List.of("demo");
    }

    @Test
    void saysThatThereIsNoZoo(@TempDir Path empty) {
        Run run = run("--zoo", empty.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.errLines()).singleElement().asString().contains("lineage.json");
    }
}
