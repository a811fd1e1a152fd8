package dev.forebear.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.forebear.cli.evaluate.RocCurve.Point;
import org.junit.jupiter.api.Test;

class RocCurveTest {

    @Test
    void isOneWhenEveryRelatedPairScoresHigher() {
        RocCurve curve = RocCurve.of(new double[] {5, 4}, new double[] {3, 1, 2});

        assertThat(curve.area()).isEqualTo(1);
        assertThat(curve.truePositivesAt(0)).isEqualTo(1);
        assertThat(curve.points()).containsExactly(new Point(0, 0), new Point(0, 1), new Point(1, 1));
    }

    /** Of the 4 × 5 couples 17 are in order and 2 are equal: (17 + 2/2) / 20. */
    @Test
    void countsCouplesInOrderAndEqualOnesHalf() {
        RocCurve curve = RocCurve.of(new double[] {9, 8, 5, 3}, new double[] {5, 3, 2, 1, 0});

        assertThat(curve.area()).isCloseTo(18 / 20.0, within(1e-12));
        assertThat(curve.truePositivesAt(0)).isEqualTo(0.5);
        assertThat(curve.truePositivesAt(0.2)).isEqualTo(0.75);
        assertThat(curve.truePositivesAt(0.19)).isEqualTo(0.5);
    }

    @Test
    void isHalfForAScoreThatSaysNothing() {
        RocCurve curve = RocCurve.of(new double[] {1, 1}, new double[] {1, 1, 1});

        assertThat(curve.area()).isEqualTo(0.5);
        assertThat(curve.truePositivesAt(0)).isZero();
    }

    @Test
    void isNothingWithoutPairsOfBothKinds() {
        assertThat(RocCurve.of(new double[] {1}, new double[0]).area()).isNaN();
        assertThat(RocCurve.of(new double[0], new double[] {1}).truePositivesAt(0))
                .isNaN();
    }

    @Test
    void refusesScoresThatAreNone() {
        assertThatThrownBy(() -> RocCurve.of(new double[] {Double.NaN}, new double[] {1}))
                .hasMessageContaining("found NaN");
    }
}
