package dev.forebear.signals.peer;

import java.util.List;

/**
 * The vectors behind norm layer fingerprint and weight-value cosine, whole. Fingerprints carry sketches of them.
 *
 * @param normVectors number of vectors that {@code normLayers} was made of
 * @param normLayers the vectors one after another, or four statistics of each; empty when not comparable
 * @param weightValues sampled weights of each block, at most {@link #MOST_WEIGHT_VALUES}; empty where it has none
 */
public record PeerVectors(int normVectors, float[] normLayers, List<float[]> weightValues) {

    /** Values of one block; the peer keeps 28,672 of a Llama's. What is beyond is not compared. */
    public static final int MOST_WEIGHT_VALUES = 1 << 17;

    /** Blocks of one model. */
    public static final int MOST_LAYERS = 1_024;

    /** Values of the norm layer vector. */
    public static final int MOST_NORM_VALUES = 1 << 24;

    public PeerVectors {
        require("values of norm layers", normLayers.length, MOST_NORM_VALUES);
        require("blocks", weightValues.size(), MOST_LAYERS);
        for (float[] values : weightValues) {
            require("weight values of a block", values.length, MOST_WEIGHT_VALUES);
        }
        boolean whole = normLayers.length == 0 || normVectors > 0 && normLayers.length % normVectors == 0;
        if (!whole) {
            throw new IllegalArgumentException("norm layers: expected " + normVectors + " vectors of one length, found "
                    + normLayers.length + " values");
        }
        weightValues = List.copyOf(weightValues);
    }

    private static void require(String what, int count, int most) {
        if (count > most) {
            throw new IllegalArgumentException(what + ": expected at most " + most + ", found " + count);
        }
    }
}
