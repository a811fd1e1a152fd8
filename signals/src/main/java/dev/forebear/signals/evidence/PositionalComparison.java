package dev.forebear.signals.evidence;

import dev.forebear.signals.statistics.Chance;
import dev.forebear.signals.statistics.Relabellings;
import dev.forebear.signals.statistics.RowAgreement;
import java.util.Arrays;
import java.util.Optional;

/**
 * Compares one group of two positional sketches. Of independent models the cosine is normal around 0. Its deviation has
 * a part from hashing, one over the buckets, and a part from the rows themselves, at most two over their entries when
 * half of the directions carry them; where the rows of other numbers vary more than that, theirs is taken.
 */
final class PositionalComparison {

    private static final String SIGNAL = "positional-sketch";
    private static final String ROWS_ASSUMPTION = "neurons of independently trained models are numbered in no common"
            + " order; hashed sums of many rows are normal";
    private static final String GAINS_ASSUMPTION =
            "residual dimensions of independently trained models are numbered in no common order";

    private PositionalComparison() {}

    /** Deviation of the cosine for independent models, from what the sketches say of their size. */
    static double expectedDeviation(int entries) {
        return Math.sqrt(1.0 / PositionalSketch.SIZE + 2.0 / entries);
    }

    /** Rows of gate and up, or of value; empty when either side has none. */
    static Optional<Evidence> rows(String statistic, byte[] a, byte[] b, int entries) {
        if (entries == 0) {
            return Optional.empty();
        }
        double[][] similarity = similarity(a, b);
        RowAgreement agreement = RowAgreement.of(similarity);
        double value = Math.clamp(agreement.excess() / agreement.units(), -1, 1);
        double deviation = Math.max(expectedDeviation(entries), otherRowsDeviation(similarity));
        double bound = Math.min(Relabellings.log10Bound(similarity), Chance.log10FixedPoints(agreement.fixedPoints()));
        return Optional.of(new Evidence(
                SIGNAL,
                statistic,
                value,
                0,
                deviation,
                Chance.log10NormalTail(Chance.fisher(value) / deviation),
                Chance.log10AnyOf(2, bound),
                ROWS_ASSUMPTION));
    }

    /** Norm gains: what they prove concerns the residual dimensions, so they never decide. */
    static Optional<Evidence> gains(byte[] a, byte[] b, int entries) {
        if (entries < 2) {
            return Optional.empty();
        }
        double value = Quantised.cosine(a, b);
        double deviation = Math.sqrt(1.0 / PositionalSketch.SIZE + 1.0 / (entries - 1));
        return Optional.of(new Evidence(
                SIGNAL,
                "cosine of norm gains",
                value,
                0,
                deviation,
                Chance.log10NormalTail(Chance.fisher(value) / deviation),
                0,
                GAINS_ASSUMPTION));
    }

    /** Row by row, scaled so that the mean of the diagonal is the cosine of the whole sketches. */
    private static double[][] similarity(byte[] a, byte[] b) {
        double scale = PositionalSketch.ROWS / Math.sqrt((double) Quantised.dot(a, a) * Quantised.dot(b, b));
        double[][] similarity = new double[PositionalSketch.ROWS][PositionalSketch.ROWS];
        for (int i = 0; i < PositionalSketch.ROWS; i++) {
            byte[] row = row(a, i);
            for (int j = 0; j < PositionalSketch.ROWS; j++) {
                similarity[i][j] = scale * Quantised.dot(row, row(b, j));
            }
        }
        return similarity;
    }

    private static byte[] row(byte[] sketch, int row) {
        int from = row * PositionalSketch.BUCKETS;
        return Arrays.copyOfRange(sketch, from, from + PositionalSketch.BUCKETS);
    }

    /** What the mean of the diagonal would scatter by if it were made of rows of different numbers. */
    private static double otherRowsDeviation(double[][] similarity) {
        double[][] centred = RowAgreement.centred(similarity);
        double squares = 0;
        for (int i = 0; i < centred.length; i++) {
            for (int j = 0; j < centred.length; j++) {
                squares += i == j ? 0 : centred[i][j] * centred[i][j];
            }
        }
        int pairs = centred.length * (centred.length - 1);
        return Math.sqrt(squares / pairs / centred.length);
    }
}
