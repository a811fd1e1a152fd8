package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class VectorSimilarityTest {

    @Test
    void cosineOfVectorWithItselfIsOne() {
        double[] vector = {3, -4, 0.5};
        assertThat(VectorSimilarity.cosine(vector, vector, 3)).isCloseTo(1, within(1e-12));
    }

    @Test
    void cosineLooksAtCommonLengthOnly() {
        assertThat(VectorSimilarity.cosine(new float[] {1, 0, 9}, new float[] {0, 1, 9}, 2))
                .isZero();
    }

    @Test
    void cosineOfZeroVectorIsNotComparable() {
        assertThat(VectorSimilarity.cosine(new double[3], new double[] {1, 2, 3}, 3))
                .isNull();
    }

    @Test
    void cosineOfInfiniteOrUndefinedValuesIsNotComparable() {
        assertThat(VectorSimilarity.cosine(new float[] {1, Float.NaN}, new float[] {1, 1}, 2))
                .isNull();
        assertThat(VectorSimilarity.cosine(new float[] {1, Float.POSITIVE_INFINITY}, new float[] {1, 1}, 2))
                .isNull();
    }

    @Test
    void correlationRunsFromZeroToOne() {
        double[] rising = {1, 2, 3};
        assertThat(VectorSimilarity.correlation(rising, new double[] {10, 20, 30}))
                .isEqualTo(1);
        assertThat(VectorSimilarity.correlation(rising, new double[] {3, 2, 1})).isZero();
    }

    @Test
    void wholeNumbersCorrelateAsTheirFractionsDo() {
        short[] a = {Short.MAX_VALUE, -Short.MAX_VALUE, 12, 40, -7};
        short[] b = {Short.MAX_VALUE, 3_000, -12, 41, -7_000};
        double[] fractionsA = new double[a.length];
        double[] fractionsB = new double[b.length];
        for (int i = 0; i < a.length; i++) {
            fractionsA[i] = (double) a[i] / Short.MAX_VALUE;
            fractionsB[i] = (double) b[i] / Short.MAX_VALUE;
        }

        assertThat(VectorSimilarity.correlation(a, b))
                .isEqualTo(VectorSimilarity.correlation(fractionsA, fractionsB))
                .isBetween(0.6, 0.9);
        assertThat(VectorSimilarity.correlation(a, new short[] {5, 5, 5, 5, 5})).isNull();
    }

    @Test
    void correlationOfConstantOrUndefinedSeriesIsNotComparable() {
        double[] rising = {1, 2, 3};
        assertThat(VectorSimilarity.correlation(rising, new double[] {5, 5, 5})).isNull();
        assertThat(VectorSimilarity.correlation(rising, new double[] {5, Double.NaN, 5}))
                .isNull();
    }

    @Test
    void negativeCosineIsRaisedToZero() {
        assertThat(VectorSimilarity.clampedToUnit(-0.4)).isZero();
        assertThat(VectorSimilarity.clampedToUnit(null)).isNull();
    }

    @Test
    void roundsTiesToEven() {
        assertThat(VectorSimilarity.round(0.03125)).isEqualTo(0.0312);
        assertThat(VectorSimilarity.round(0.09375)).isEqualTo(0.0938);
    }
}
