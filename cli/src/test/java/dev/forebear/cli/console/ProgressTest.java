package dev.forebear.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);

    @Test
    void paintsABarOnATerminalAndErasesIt() {
        Console terminal = Console.ofTerminal(stream, stream, 80);

        try (Progress progress = terminal.progress("base-a", () -> 50, 100)) {
            await().untilAsserted(() -> assertThat(text()).contains("base-a ━━━━━━━━━━━━━━──────────────  50 %"));
            assertThat(progress).isNotNull();
        }

        assertThat(text()).endsWith("\r\u001b[2K");
    }

    @Test
    void neverShowsMoreThanEverything() {
        Console terminal = Console.ofTerminal(stream, stream, 80);

        try (Progress progress = terminal.progress("base-a", () -> 500, 100)) {
            await().untilAsserted(() -> assertThat(text()).contains(" 100 %"));
            assertThat(progress).isNotNull();
        }
    }

    @Test
    void showsTheAmountUntilTheTotalIsKnown() {
        Console terminal = Console.ofTerminal(stream, stream, 80);
        var total = new AtomicLong(Progress.UNKNOWN);

        try (Progress progress = terminal.progress("base-a", () -> 50, total::get)) {
            await().untilAsserted(() -> assertThat(text()).contains("base-a 50 bytes"));
            total.set(200);
            await().untilAsserted(() -> assertThat(text()).contains("━──", " 25 %"));
            assertThat(progress).isNotNull();
        }
    }

    @Test
    void saysNothingWhenQuiet() {
        Console terminal = Console.ofTerminal(stream, stream, 80);
        terminal.beQuiet();

        terminal.progress("base-a", () -> 50, 100).close();

        assertThat(text()).isEmpty();
    }

    private String text() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
