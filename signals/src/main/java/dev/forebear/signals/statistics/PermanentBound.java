package dev.forebear.signals.statistics;

import java.util.Arrays;

/**
 * A bound on the chance that a random relabelling reaches the observed trace, without simulation and for any
 * similarities: Chernoff's, over all relabellings that keep every unit within its block of up to {@value #BLOCK}. For
 * every θ at least 0, P(trace ≥ observed) ≤ E exp(θ (trace − observed)), and over the relabellings of a block of m
 * units the mean is the permanent of exp(θ (s_ij − s_ii)) divided by m!. The smallest over a few θ holds because the
 * similarities are given. For two blocks it ends at 1/8!².
 */
public final class PermanentBound {

    private static final int BLOCK = 8;

    /** Doublings of θ tried. */
    private static final int STEPS = 6;

    /** log10 of a bound that needs no improvement. */
    private static final double ENOUGH = -5;

    /** First θ, as a share of the best one if the trace were normal. */
    private static final double START = 1.2;

    private PermanentBound() {}

    /**
     * log10 of the bound, at most 0.
     *
     * @param similarity m × m
     */
    public static double log10(double[][] similarity) {
        double theta = START * normalTheta(similarity);
        if (!(theta > 0)) {
            return 0;
        }
        double[][] factors = factors(similarity, theta);
        double best = 0;
        for (int step = 0; step < STEPS && best > ENOUGH; step++) {
            double bound = log10Mean(factors);
            if (!(bound < best)) {
                break;
            }
            best = bound;
            square(factors);
        }
        return best;
    }

    /** Excess of the trace over its mean, divided by its variance, over the relabellings inside blocks. */
    private static double normalTheta(double[][] similarity) {
        double excess = 0;
        double variance = 0;
        for (int from = 0; from < similarity.length; from += BLOCK) {
            int to = Math.min(similarity.length, from + BLOCK);
            if (to - from > 1) {
                RowAgreement agreement = RowAgreement.of(block(similarity, from, to));
                excess += agreement.excess();
                variance += agreement.variance();
            }
        }
        return variance > 0 ? excess / variance : 0;
    }

    private static double[][] block(double[][] similarity, int from, int to) {
        double[][] block = new double[to - from][];
        for (int i = from; i < to; i++) {
            block[i - from] = Arrays.copyOfRange(similarity[i], from, to);
        }
        return block;
    }

    /** exp(θ (s_ij − s_ii)) inside blocks: units × columns of the block. */
    private static double[][] factors(double[][] similarity, double theta) {
        double[][] factors = new double[similarity.length][];
        for (int i = 0; i < similarity.length; i++) {
            int from = i - i % BLOCK;
            factors[i] = Arrays.copyOfRange(similarity[i], from, Math.min(similarity.length, from + BLOCK));
            for (int j = 0; j < factors[i].length; j++) {
                factors[i][j] = from + j == i ? 1 : Math.exp(theta * (factors[i][j] - similarity[i][i]));
            }
        }
        return factors;
    }

    private static void square(double[][] factors) {
        for (double[] row : factors) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= row[j];
            }
        }
    }

    private static double log10Mean(double[][] factors) {
        double log10 = 0;
        for (int from = 0; from < factors.length; from += BLOCK) {
            int size = factors[from].length;
            log10 += Math.log10(permanent(factors, from, size)) + Chance.log10FixedPoints(size);
        }
        return log10;
    }

    /** Over all subsets of columns: what the first rows can make of them. */
    private static double permanent(double[][] factors, int from, int size) {
        double[] partial = new double[1 << size];
        partial[0] = 1;
        for (int columns = 1; columns < partial.length; columns++) {
            double[] row = factors[from + Integer.bitCount(columns) - 1];
            double sum = 0;
            for (int left = columns; left != 0; left &= left - 1) {
                sum += partial[columns ^ (left & -left)] * row[Integer.numberOfTrailingZeros(left)];
            }
            partial[columns] = sum;
        }
        return partial[partial.length - 1];
    }
}
