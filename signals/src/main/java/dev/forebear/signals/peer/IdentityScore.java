package dev.forebear.signals.peer;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The peer's weighted mean of its five weight signals, in the peer's own words. Shown beside our verdict and never part
 * of it.
 *
 * @param score 0 to 1, rounded, over the signals that could be compared; null when none could
 * @param band what the peer would say
 */
public record IdentityScore(@Nullable Double score, Band band) {

    /** The peer's reading of the score. */
    public enum Band {
        /** Above 0.75. */
        HIGH_CONFIDENCE,
        /** Above 0.65. */
        WEAK,
        NOT_MATCHED,
        INSUFFICIENT_DATA
    }

    private static final double HIGH_CONFIDENCE_ABOVE = 0.75;
    private static final double WEAK_ABOVE = 0.65;

    private static final Map<String, Double> WEIGHTS = Map.of(
            PeerSignal.EMBEDDING_ANCHORS.signalName(), 0.36,
            PeerSignal.NORM_LAYERS.signalName(), 0.08,
            PeerSignal.LAYER_ENERGY.signalName(), 0.16,
            PeerSignal.EMBEDDING_NORMS.signalName(), 0.19,
            PeerSignal.WEIGHT_VALUES.signalName(), 0.21);

    /** Combines the weight signals among those given; the others carry no weight. */
    public static IdentityScore of(List<SignalSimilarity> signals) {
        WeightedScore score = new WeightedScore();
        for (SignalSimilarity signal : signals) {
            Double weight = WEIGHTS.get(signal.signal());
            if (weight != null && signal.similarity() != null) {
                score.add(weight, signal.similarity());
            }
        }
        if (score.isEmpty()) {
            return new IdentityScore(null, Band.INSUFFICIENT_DATA);
        }
        double rounded = VectorSimilarity.round(score.mean());
        return new IdentityScore(rounded, band(rounded));
    }

    private static Band band(double score) {
        if (score > HIGH_CONFIDENCE_ABOVE) {
            return Band.HIGH_CONFIDENCE;
        }
        return score > WEAK_ABOVE ? Band.WEAK : Band.NOT_MATCHED;
    }
}
