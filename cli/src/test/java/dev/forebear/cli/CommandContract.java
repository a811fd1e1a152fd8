package dev.forebear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.cli.console.ExitCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every command promises. */
public interface CommandContract {

    /** The command without arguments, for example {@code ["topics", "create"]}. */
    List<String> command();

    /** As many positional parameters as the command needs; what they name does not matter. */
    default List<String> positionals() {
        return List.of();
    }

    @Test
    default void explainsItself() {
        Run run = run("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("Usage: forebear " + String.join(" ", command()))
                .contains("Examples:")
                .contains("Exit codes:");
    }

    @Test
    default void helpFitsTheScreen() {
        assertThat(run("--help").out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    default void refusesUnknownOptionWithOneLineAndHint() {
        var args = new ArrayList<>(positionals());
        args.add("--no-such-option");
        Run run = run(args.toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).hasSize(2);
        assertThat(run.errLines().getFirst()).startsWith("forebear: ").contains("--no-such-option");
        assertThat(run.errLines().getLast()).contains("forebear " + String.join(" ", command()) + " --help");
    }

    default Run run(String... more) {
        var args = new ArrayList<>(command());
        args.addAll(List.of(more));
        return Run.forebear(args.toArray(String[]::new));
    }
}
