package dev.forebear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FailuresTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Failures failures = new Failures(Console.of(
            new PrintStream(OutputStream.nullOutputStream()), new PrintStream(err, true, StandardCharsets.UTF_8)));

    @Test
    void saysHowToGiveMoreMemoryWhenItRanOut() {
        var cause = new OutOfMemoryError("Java heap space");

        int exitCode = failures.unexpected(new IllegalStateException("models could not be compared", cause));

        assertThat(exitCode).isEqualTo(ExitCode.UNEXPECTED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .containsPattern("forebear: expected this to fit into [\\d,]+ MiB of memory, found that it does not")
                .contains("FOREBEAR_JAVA_OPTIONS=-Xmx8g")
                .doesNotContain("fault of Forebear");
    }

    @Test
    void ownsUpToAFault() {
        int exitCode = failures.unexpected(new IllegalStateException("a bug"));

        assertThat(exitCode).isEqualTo(ExitCode.UNEXPECTED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("this is a fault of Forebear itself: IllegalStateException (a bug)");
    }
}
