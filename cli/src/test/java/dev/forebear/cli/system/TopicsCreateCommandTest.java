package dev.forebear.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.cli.CommandContract;
import dev.forebear.cli.Run;
import dev.forebear.cli.console.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsCreateCommandTest implements CommandContract {

    @Override
    public List<String> command() {
        return List.of("topics", "create");
    }

    @Test
    void refusesTopicsWithoutPartitions() {
        Run run = run("--partitions", "0");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.errLines().getFirst()).contains("--partitions", "found 0");
    }
}
