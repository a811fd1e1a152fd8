package dev.forebear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.cli.console.ExitCode;
import org.junit.jupiter.api.Test;

class ForebearTest {

    @Test
    void helpListsTheCommandsAndExitCodes() {
        Run run = Run.forebear("--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Commands:", "inspect", "Exit codes:");
    }

    @Test
    void everyCommandOfPeopleIsSummedUpInWholeSentences() {
        assertThat(Run.forebear("--help").out())
                .containsPattern("compare +Tell whether [^\\n]*(\\n +[^\\n]+)?\\.\\n")
                .containsPattern("scan +Tell which [^\\n]*\\.\\n")
                .containsPattern("inspect +List tensors[^\\n]*\\.\\n")
                .containsPattern("fingerprint +Write the fingerprint[^\\n]*\\.\\n");
    }

    @Test
    void showsHelpAndRefusesWhenNoCommandIsGiven() {
        Run run = Run.forebear();

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Usage: forebear", "forebear: expected a command, found none");
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        Run run = Run.forebear("inspct");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("'inspct'", "Did you mean 'forebear inspect'?");
    }

    @Test
    void tellsItsVersionOnOneLine() {
        Run run = Run.forebear("--version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("forebear ").hasLineCount(1);
    }
}
