package dev.forebear.signals;

import dev.forebear.signals.evidence.Evidence;
import java.util.List;

/** What two fingerprints prove about the weights behind them. Symmetric in the two models. */
public sealed interface FingerprintComparison {

    /**
     * Fingerprints of the same algorithm version.
     *
     * @param evidence every statistic that could be computed, the strongest first; empty when none could
     * @param log10PValue log10 of the combined p-value, multiplicity over layers and statistics included, that of the
     *     registry not; 0 when nothing could be compared
     * @param log10ExactBound log10 of a combined bound on the same chance that needs no distribution
     * @param effectSize value of the strongest evidence, -1 to 1
     * @param sharedFunction cosine of the functionals, -1 to 1; NaN when not comparable
     * @param embeddingGeometry cosine of the Gram matrices of the embeddings, -1 to 1; NaN when not comparable
     * @param sameWeights whether the weights digests are equal
     * @param notComparable statistics that could not be computed, "signal: why" each
     */
    record Compared(
            List<Evidence> evidence,
            double log10PValue,
            double log10ExactBound,
            double effectSize,
            double sharedFunction,
            double embeddingGeometry,
            boolean sameWeights,
            List<String> notComparable)
            implements FingerprintComparison {

        public Compared {
            evidence = List.copyOf(evidence);
            notComparable = List.copyOf(notComparable);
        }

        /** Without the geometry of embeddings, which takes no part in a verdict. */
        public Compared(
                List<Evidence> evidence,
                double log10PValue,
                double log10ExactBound,
                double effectSize,
                double sharedFunction,
                boolean sameWeights,
                List<String> notComparable) {
            this(
                    evidence,
                    log10PValue,
                    log10ExactBound,
                    effectSize,
                    sharedFunction,
                    Double.NaN,
                    sameWeights,
                    notComparable);
        }

        /**
         * Whether the two do so much the same to tokens, or hold embeddings that lie so much alike, that both
         * checkpoints are worth comparing although positions may prove nothing: reordered, rotated or narrower copies
         * look like this. A reason to look, never a proof, and without influence on the verdict.
         */
        public boolean nominated() {
            return nomination() >= 1;
        }

        /** How strongly: in units of the threshold, 0 when nothing could be compared or the weights are the same. */
        public double nomination() {
            return sameWeights ? 0 : Nomination.strength(sharedFunction, embeddingGeometry);
        }
    }

    /**
     * Fingerprints that must not be compared.
     *
     * @param why one line
     */
    record NotComparable(String why) implements FingerprintComparison {}

    /** Compares two fingerprints; for many against one, prepare them once and use the screen. */
    static FingerprintComparison between(Fingerprint a, Fingerprint b) {
        return PreparedFingerprint.of(a).compareTo(PreparedFingerprint.of(b));
    }
}
