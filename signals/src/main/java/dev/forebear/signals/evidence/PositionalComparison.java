package dev.forebear.signals.evidence;

import dev.forebear.signals.evidence.PreparedSketch.Group;
import dev.forebear.signals.statistics.Chance;
import dev.forebear.signals.statistics.PermanentBound;
import dev.forebear.signals.statistics.RowAgreement;

/**
 * Compares one group of two positional sketches. Of independent models the cosine is that of random directions. Its
 * deviation has a part from hashing, one over the buckets, and a part from the rows themselves, at most two over their
 * entries when half of the directions carry them; where the rows of other numbers vary more than that, theirs is taken.
 */
final class PositionalComparison {

    static final String SIGNAL = "positional-sketch";

    private static final String ROWS_ASSUMPTION = "neurons of independently trained models are numbered in no common"
            + " order; hashed sums of many rows point anywhere";
    private static final String GAINS_ASSUMPTION =
            "residual dimensions of independently trained models are numbered in no common order";

    private static final int FEWEST_ROWS = 4;

    /** log10 of a p-value above which nothing is claimed, so that no bound is worth computing. */
    private static final double WORTH_BOUNDING = -3;

    private PositionalComparison() {}

    /** Deviation of the cosine for independent models, from what the sketches say of their size. */
    static double expectedDeviation(int entries) {
        return Math.sqrt(1.0 / PositionalSketch.SIZE + 2.0 / entries);
    }

    /** Rows of gate and up, or of value. */
    static void rows(String statistic, Group a, Group b, EvidenceList to) {
        if (a.isEmpty() || b.isEmpty()) {
            to.miss(
                    SIGNAL,
                    statistic,
                    "no rows, or constant ones, in " + (a.isEmpty() && b.isEmpty() ? "both" : "one"));
            return;
        }
        RowProducts products = RowProducts.of(a.packed(), b.packed());
        int units = products.units();
        if (units < FEWEST_ROWS) {
            to.miss(
                    SIGNAL,
                    statistic,
                    "expected at least " + FEWEST_ROWS + " different rows in common, found " + units);
            return;
        }
        RowAgreement agreement = RowAgreement.of(products.similarity());
        double value = Math.clamp(agreement.excess() / units, -1, 1);
        double entries = (double) Math.min(a.entries(), b.entries()) * units / PositionalSketch.ROWS;
        double expected = Math.sqrt(products.hashingVariance() + 2 / entries);
        double deviation = Math.max(expected, Math.sqrt(agreement.otherVariance()) / units);
        double log10PValue = Chance.log10CosineTail(value, deviation);
        to.decide(new Evidence(
                SIGNAL,
                statistic,
                value,
                0,
                deviation,
                log10PValue,
                log10PValue > WORTH_BOUNDING ? 0 : bound(products, agreement, to),
                ROWS_ASSUMPTION));
    }

    private static double bound(RowProducts products, RowAgreement agreement, EvidenceList others) {
        double bound = Chance.log10FixedPoints(agreement.fixedPoints());
        if (others.needsBetterBound(bound)) {
            bound = Math.min(bound, PermanentBound.log10(products.similarity()));
        }
        return Chance.log10AnyOf(2, bound);
    }

    /** Norm gains: what they prove concerns the residual dimensions, so they never decide. */
    static void gains(Group a, Group b, EvidenceList to) {
        String statistic = "cosine of norm gains";
        if (a.isEmpty() || b.isEmpty()) {
            to.miss(
                    SIGNAL,
                    statistic,
                    "no gains, or constant ones, in " + (a.isEmpty() && b.isEmpty() ? "both" : "one"));
            return;
        }
        double value = a.cosine(b);
        double deviation = Math.sqrt(1.0 / PositionalSketch.SIZE + 1.0 / (Math.min(a.entries(), b.entries()) - 1));
        to.report(new Evidence(
                SIGNAL, statistic, value, 0, deviation, Chance.log10CosineTail(value, deviation), 0, GAINS_ASSUMPTION));
    }
}
