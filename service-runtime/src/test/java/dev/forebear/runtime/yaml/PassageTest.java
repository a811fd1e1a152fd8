package dev.forebear.runtime.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.forebear.runtime.ConfigurationException;
import org.junit.jupiter.api.Test;

/** The texts below mark the place of the problem by an X. */
class PassageTest {

    @Test
    void findsItsPlaceInPlainText() {
        assertThat(problem("when: a && X\n", 1, 6)).isEqualTo("f:1:12: when: here");
    }

    @Test
    void findsItsPlaceInPlainTextOfSeveralLines() {
        assertThat(problem("rule:\n  when: a &&\n    b && X\n", 1, 11)).isEqualTo("f:3:10: rule.when: here");
    }

    @Test
    void findsItsPlaceInALiteralBlock() {
        assertThat(problem("rule:\n  when: |\n    a &&\n      b && X\n", 2, 8)).isEqualTo("f:4:12: rule.when: here");
    }

    @Test
    void findsItsPlaceInAFoldedBlockWithAHeader() {
        assertThat(problem("when: >2-  # folded\n\n    a &&\n    b && X\n", 2, 8))
                .isEqualTo("f:4:10: when: here");
    }

    @Test
    void findsItsPlaceInSingleQuotes() {
        assertThat(problem("when:  'a == ''b'' && X'\n", 1, 13)).isEqualTo("f:1:23: when: here");
    }

    @Test
    void findsItsPlaceInDoubleQuotesWithEscapes() {
        assertThat(problem("when: \"a == \\\"\\u00e9\\\"\\n && \\x41 \\\n  && X\"\n", 2, 10))
                .isEqualTo("f:2:6: when: here");
    }

    @Test
    void countsCodePoints() {
        assertThat(problem("when: \"'\uD83D\uDE00' == X\"\n", 1, 8)).isEqualTo("f:1:15: when: here");
    }

    @Test
    void putsWhatIsBehindTheEndAtTheEnd() {
        assertThat(problem("when: a &&\nother: b\n", 9, 99)).isEqualTo("f:1:11: when: here");
    }

    private static String problem(String yaml, int line, int column) {
        return catchThrowableOfType(
                        ConfigurationException.class,
                        () -> Section.read("f", yaml, file -> {
                            file.keys();
                            Section section = file.has("rule") ? file.section("rule") : file;
                            section.passage("when").orElseThrow().problem(line, column, "here");
                            return file;
                        }))
                .problems()
                .getFirst();
    }
}
