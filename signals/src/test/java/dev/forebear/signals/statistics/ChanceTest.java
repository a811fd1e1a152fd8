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

    @ParameterizedTest
    @CsvSource({"0.5, 0.25", "-0.5, 0.75", "0.999, 0.0005"})
    void cosinesInThreeDimensionsAreUniform(double cosine, double tail) {
        assertThat(Chance.log10CosineTail(cosine, 1 / Math.sqrt(3))).isCloseTo(Math.log10(tail), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"0.1", "0.5", "0.9", "0.9999"})
    void knowsTheTailOfACosineInFiveDimensions(double cosine) {
        double tail = (2 - 3 * cosine + cosine * cosine * cosine) / 4;
        assertThat(Chance.log10CosineTail(cosine, 1 / Math.sqrt(5))).isCloseTo(Math.log10(tail), within(1e-6));
    }

    @Test
    void cosinesOfLongVectorsAreNormalNearTheirMean() {
        assertThat(Chance.log10CosineTail(0.05, 0.01)).isCloseTo(Chance.log10NormalTail(5), within(0.02));
    }

    @Test
    void farCosinesAreLikelierThanANormalTailOfTheirTransform() {
        for (double cosine : new double[] {0.3, 0.5, 0.8, 0.95}) {
            assertThat(Chance.log10CosineTail(cosine, 0.0442))
                    .isGreaterThan(Chance.log10NormalTail(Chance.fisher(cosine) / 0.0442));
        }
        assertThat(Chance.log10CosineTail(1, 0.0442)).isEqualTo(Chance.FLOOR);
        assertThat(Chance.log10CosineTail(Double.NaN, 0.0442)).isZero();
    }

    /** The chance that so many of 40 fair coins show heads is known, so that Bennett's bound can be held against it. */
    @Test
    void bennettsBoundHolds() {
        for (int heads = 21; heads <= 40; heads++) {
            double exact = 0;
            for (int k = heads; k <= 40; k++) {
                exact += Math.exp(logChoose(40, k) - 40 * Math.log(2));
            }
            double bound = Chance.log10Bennett(heads - 20, 10, 0.5);
            assertThat(bound).isBetween(Math.log10(exact), 0.0);
        }
        assertThat(Chance.log10Bennett(20, 10, 0.5)).isLessThan(-5);
    }

    @Test
    void bennettsBoundOfNothingIsOne() {
        assertThat(Chance.log10Bennett(0, 1, 1)).isZero();
        assertThat(Chance.log10Bennett(-1, 1, 1)).isZero();
        assertThat(Chance.log10Bennett(1, 0, 1)).isZero();
        assertThat(Chance.log10Bennett(Double.NaN, 1, 1)).isZero();
    }

    private static double logChoose(int n, int k) {
        double log = 0;
        for (int i = 1; i <= k; i++) {
            log += Math.log((double) (n - k + i) / i);
        }
        return log;
    }
}
