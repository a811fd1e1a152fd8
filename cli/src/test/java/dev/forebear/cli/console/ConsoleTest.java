package dev.forebear.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console terminal = Console.ofTerminal(stream(out), stream(err), 80);
    private final Console file = Console.of(stream(out), stream(err));

    @Test
    void coloursOnlyATerminal() {
        assertThat(terminal.styled(Style.BAD, "x")).isEqualTo("\u001b[31mx\u001b[0m");
        assertThat(file.styled(Style.BAD, "x")).isEqualTo("x");
    }

    @Test
    void plainOutputHasNoColoursOnATerminalEither() {
        terminal.bePlain();

        assertThat(terminal.styled(Style.BAD, "x")).isEqualTo("x");
    }

    @Test
    void lettersFromOutsideCannotSteerTheTerminal() {
        terminal.print("evil\u001b]0;title\u0007 \u001b[2J \u202eabc\r" + terminal.styled(Style.GOOD, "fine"));

        assertThat(text(out)).isEqualTo("evil\ufffd]0;title\ufffd \ufffd[2J \ufffdabc\ufffd\u001b[32mfine\u001b[0m\n");
    }

    @Test
    void anErrorIsOneLineWhateverItsMessageHolds() {
        file.error("first\nsecond");

        assertThat(text(err)).isEqualTo("forebear: first second\n");
    }

    @Test
    void quietConsoleLeavesOutNotesButNotErrors() {
        file.beQuiet();
        file.note("working");
        file.error("broken");

        assertThat(text(err)).isEqualTo("forebear: broken\n");
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
