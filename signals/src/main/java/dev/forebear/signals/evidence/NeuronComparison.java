package dev.forebear.signals.evidence;

import dev.forebear.signals.statistics.Chance;
import dev.forebear.signals.statistics.PermanentBound;

/** Compares the neuron scalars of two models whose MLPs are of one kind. */
final class NeuronComparison {

    static final String SIGNAL = "neuron-scalars";

    private static final String ASSUMPTION =
            "neurons of independently trained models are numbered in no common order, layer by layer";

    /** Standardised trend of the norms along the index from which on neurons count as sorted on purpose. */
    private static final double SORTED_FROM = 4;

    /** log10 of a p-value above which nothing is claimed, so that no bound is worth computing. */
    private static final double WORTH_BOUNDING = -3;

    private NeuronComparison() {}

    static boolean comparable(PreparedNeurons a, PreparedNeurons b) {
        return a.neurons() == b.neurons() && !a.constant() && !b.constant();
    }

    /** Standardised agreement of layers of the same number, as deep as the shallower model. */
    static double z(PreparedNeurons a, PreparedNeurons b) {
        PreparedNeurons shallower = a.layers() <= b.layers() ? a : b;
        return z(shallower, shallower == a ? b : a, 0);
    }

    private static double z(PreparedNeurons shallower, PreparedNeurons deeper, int shift) {
        double variance = shallower.variance(deeper, shift);
        return variance > 0 ? shallower.excess(deeper, shift) / Math.sqrt(variance) : 0;
    }

    /**
     * Layer by layer. Where depths differ layers may be missing from the start, so every shift of the shallower model
     * against the deeper is tried, and the best counts as many times.
     */
    static void layers(PreparedNeurons a, PreparedNeurons b, EvidenceList to) {
        PreparedNeurons shallower = a.layers() <= b.layers() ? a : b;
        PreparedNeurons deeper = shallower == a ? b : a;
        int shifts = deeper.layers() - shallower.layers() + 1;
        int best = 0;
        double z = Double.NEGATIVE_INFINITY;
        for (int shift = 0; shift < shifts; shift++) {
            double found = z(shallower, deeper, shift);
            if (found > z) {
                z = found;
                best = shift;
            }
        }
        double scale = shallower.scale(deeper, best);
        double excess = shallower.excess(deeper, best);
        double variance = shallower.variance(deeper, best);
        double log10PValue = Chance.log10AnyOf(shifts, Chance.log10NormalTail(z));
        to.decide(new Evidence(
                SIGNAL,
                shifts == 1 ? "rank correlation layer by layer" : "rank correlation layer by layer, best shift",
                scale > 0 ? excess / scale : 0,
                0,
                scale > 0 ? Math.sqrt(variance) / scale : 0,
                log10PValue,
                log10PValue > WORTH_BOUNDING
                        ? 0
                        : Chance.log10AnyOf(shifts, bound(shallower, deeper, best, excess, variance, to)),
                ASSUMPTION));
    }

    /**
     * Of many layers, renumbered each by itself, Bennett's bound is enough; of few, renumbered alike, the permanent's.
     */
    private static double bound(
            PreparedNeurons shallower,
            PreparedNeurons deeper,
            int shift,
            double excess,
            double variance,
            EvidenceList others) {
        double bound = Chance.log10Bennett(excess, variance, shallower.largest(deeper, shift));
        if (others.needsBetterBound(bound)) {
            bound = Math.min(bound, PermanentBound.log10(shallower.similarity(deeper, shift)));
        }
        return Chance.log10AnyOf(2, bound);
    }

    /** Whether both models have their neurons sorted by norm in the same direction: then equal order proves nothing. */
    static boolean bothSorted(PreparedNeurons a, PreparedNeurons b) {
        return Math.abs(a.trend()) >= SORTED_FROM && Math.abs(b.trend()) >= SORTED_FROM && a.trend() * b.trend() > 0;
    }
}
