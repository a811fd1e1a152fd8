package dev.forebear.signals.confirmation;

import dev.forebear.signals.statistics.RowAgreement;
import org.jspecify.annotations.Nullable;

/**
 * Agreement of rows of the same number, added up over groups that are numbered independently of each other.
 *
 * @param excess trace minus its mean over all relabellings
 * @param variance variance of the trace over all relabellings
 * @param rows number of rows behind it, every projection counted
 */
record Agreement(double excess, double variance, int rows) {

    static final Agreement NONE = new Agreement(0, 0, 0);

    /** Smallest variance per row that is no rounding. */
    private static final double ROUNDING = 1e-18;

    /**
     * Of one group that shares a numbering.
     *
     * @param similarity m × m, added up over the projections; null when there are none
     */
    static Agreement of(double @Nullable [][] similarity, int projections) {
        if (similarity == null || similarity.length < 3) {
            return NONE;
        }
        RowAgreement found = RowAgreement.of(similarity);
        return found.variance() > ROUNDING * found.units()
                ? new Agreement(found.excess(), found.variance(), projections * found.units())
                : NONE;
    }

    Agreement plus(Agreement other) {
        return new Agreement(excess + other.excess, variance + other.variance, rows + other.rows);
    }

    boolean comparable() {
        return rows > 0;
    }

    /** Standardised; NaN when not comparable. */
    double z() {
        return comparable() ? excess / Math.sqrt(variance) : Double.NaN;
    }

    /** Mean similarity of a row with the one of the same number, beyond that with others; NaN when not comparable. */
    double similarity() {
        return comparable() ? excess / rows : Double.NaN;
    }

    /** Deviation of {@link #similarity} for independent models; NaN when not comparable. */
    double deviation() {
        return comparable() ? Math.sqrt(variance) / rows : Double.NaN;
    }
}
