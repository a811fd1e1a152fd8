package dev.forebear.runtime.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {

    private static final List<String> KNOWN = List.of("severity", "enabled", "except", "when");

    @Test
    void guessesASlipOfThePen() {
        assertThat(Spelling.hint("severty", KNOWN)).isEqualTo("; did you mean 'severity'?");
        assertThat(Spelling.hint("Wen", KNOWN)).isEqualTo("; did you mean 'when'?");
    }

    @Test
    void guessesNothingWhereNothingIsNear() {
        assertThat(Spelling.hint("colour", KNOWN)).isEmpty();
        assertThat(Spelling.hint("x".repeat(100_000), KNOWN)).isEmpty();
    }
}
