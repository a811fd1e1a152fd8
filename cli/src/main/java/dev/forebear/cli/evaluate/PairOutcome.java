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
     * @param layerAgreement agreement of every pair of layers, standard normal when trained independently; NaN where
     *     there is none, empty when layers cannot be held against each other
     */
    record Judged(
            int earlier,
            int later,
            Verdict verdict,
            double strength,
            double log10EValue,
            String evidence,
            float[] layerAgreement)
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
