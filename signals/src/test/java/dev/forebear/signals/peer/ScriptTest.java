package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTest {

    @Test
    void knowsTheWritingSystemOfLetters() {
        assertThat(Script.of('a')).isEqualTo(Script.LATIN);
        assertThat(Script.of('ß')).isEqualTo(Script.LATIN);
        assertThat(Script.of('的')).isEqualTo(Script.CJK);
        assertThat(Script.of('한')).isEqualTo(Script.CJK);
        assertThat(Script.of('カ')).isEqualTo(Script.CJK);
        assertThat(Script.of('я')).isEqualTo(Script.CYRILLIC);
        assertThat(Script.of('ل')).isEqualTo(Script.ARABIC);
        assertThat(Script.of('क')).isEqualTo(Script.DEVANAGARI);
        assertThat(Script.of('λ')).isEqualTo(Script.OTHER);
    }

    @Test
    void sharesCountLettersOnly() {
        assertThat(Script.shares(List.of("ab1 ", "я的", "!?"))).containsExactly(0.5, 0.25, 0.25, 0, 0, 0);
    }

    @Test
    void noLettersHaveNoShares() {
        assertThat(Script.shares(List.of("1", "."))).containsOnly(0);
    }
}
