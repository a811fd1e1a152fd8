package dev.forebear.signals.relation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundingTest {

    @Test
    void roundsHalvesToEven() {
        assertThat(Rounding.BF16.nearest(1 + 0x1p-8)).isEqualTo(1);
        assertThat(Rounding.BF16.nearest(1 + 3 * 0x1p-8)).isEqualTo(1 + 0x1p-6);
        assertThat(Rounding.F16.nearest(1 + 0x1p-11)).isEqualTo(1);
        assertThat(Rounding.F32.nearest(0.1)).isEqualTo(0.1f);
    }

    @Test
    void acceptsProgramsThatCutOff() {
        assertThat(Rounding.BF16.writes(1 + 255 * 0x1p-15, 1)).isTrue();
        assertThat(Rounding.BF16.writes(-(1 + 0x1.cp-7), -(1 + 0x1p-7))).isTrue();
        assertThat(Rounding.BF16.writes(1 + 0x1.cp-7, 1 + 0x1p-6)).isTrue();
        assertThat(Rounding.BF16.writes(1.5, 1)).isFalse();
        assertThat(Rounding.F16.writes(1 + 0x1.cp-10, 1 + 0x1p-10)).isFalse();
    }

    @Test
    void stepsGrowWithTheValueButNotBelowTheSmallest() {
        assertThat(Rounding.BF16.step(1)).isEqualTo(0x1p-7);
        assertThat(Rounding.F16.step(-3)).isEqualTo(0x1p-9);
        assertThat(Rounding.F16.step(0)).isEqualTo(0x1p-24);
    }
}
