package dev.forebear.signals.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChanceTest {

    @ParameterizedTest
    @CsvSource({
        "-3, -0.000587",
        "0, -0.301030",
        "1.64485, -1.301030",
        "5, -6.542646",
        "7.9, -14.855576",
        "8, -15.206143",
        "20, -88.560095",
        "35, -267.948882"
    })
    void knowsTheNormalTail(double z, double log10) {
        assertThat(Chance.log10NormalTail(z)).isCloseTo(log10, within(5e-5));
    }

    @Test
    void statesNothingBelowItsFloor() {
        assertThat(Chance.log10NormalTail(100)).isEqualTo(Chance.FLOOR);
        assertThat(Chance.log10NormalTail(Double.POSITIVE_INFINITY)).isEqualTo(Chance.FLOOR);
    }

    @Test
    void takesAnUndefinedStatisticForNoEvidence() {
        assertThat(Chance.log10NormalTail(Double.NaN)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, -0.301030", "7, -3.702431", "16, -13.320620", "64, -89.103417"})
    void boundsFixedPointsByTheFactorial(int fixed, double log10) {
        assertThat(Chance.log10FixedPoints(fixed)).isCloseTo(log10, within(1e-6));
    }

    @Test
    void countsEveryTestThatWasTried() {
        assertThat(Chance.log10AnyOf(100, -5)).isCloseTo(-3, within(1e-12));
        assertThat(Chance.log10AnyOf(100, -1)).isZero();
    }

    @Test
    void staysFiniteForEqualVectors() {
        assertThat(Chance.fisher(1)).isFinite().isGreaterThan(10);
        assertThat(Chance.fisher(-0.3)).isCloseTo(-0.309520, within(1e-6));
    }
}
