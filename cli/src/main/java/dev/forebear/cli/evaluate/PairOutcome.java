package dev.forebear.cli.evaluate;

import dev.forebear.signals.Verdict;

/** What the product says about two models of a zoo, named by their positions in the order of upload. */
sealed interface PairOutcome {

    int earlier();

    int later();

    /**
     * A verdict.
     *
     * @param strength orders verdicts by what they claim, and equal claims by how sure they are; larger is more related
     * @param log10EValue log10 of the number of such matches expected by chance
     * @param evidence one line: what it rests on
     * @param layerPValues of every statistic one for every pair of layers, uniform when trained independently; empty
     *     when layers cannot be held against each other
     */
    record Judged(
            int earlier,
            int later,
            Verdict verdict,
            double strength,
            double log10EValue,
            String evidence,
            double[] layerPValues)
            implements PairOutcome {

        /** Whether it says that weights are shared. */
        boolean saysRelated() {
            return switch (verdict) {
                case SAME_WEIGHTS, DERIVED, SHARES_AN_ANCESTOR -> true;
                case SHARED_INITIALISATION_OR_LINEAGE, NO_EVIDENCE, NOT_COMPARABLE -> false;
            };
        }
    }

    /**
     * No verdict.
     *
     * @param reason one line
     */
    record NotCompared(int earlier, int later, String reason) implements PairOutcome {}
}
