package dev.forebear.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.forebear.cli.console.Table.Side;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class TableTest {

    private final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    private final Table table = new Table()
            .column("name", Side.LEFT)
            .column("n", Side.RIGHT)
            .row("ab", "1")
            .row("abcdef", "100");

    @Test
    void alignsColumnsUnderALine() {
        assertThat(table.render(Console.of(nowhere, nowhere)))
                .isEqualTo("name      n\n──────  ───\nab        1\nabcdef  100");
    }

    @Test
    void plainTableHasNoLine() {
        Console plain = Console.of(nowhere, nowhere);
        plain.bePlain();

        assertThat(table.render(plain)).isEqualTo("name      n\nab        1\nabcdef  100");
    }

    @Test
    void coloursTakeNoWidth() {
        Console terminal = Console.ofTerminal(nowhere, nowhere, 80);
        table.row(terminal.styled(Style.GOOD, "x"), "2");

        assertThat(table.render(terminal)).endsWith("\u001b[32mx\u001b[0m         2");
    }

    @Test
    void refusesRowOfOtherWidth() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.row("alone"))
                .withMessageContaining("2 cells");
    }
}
