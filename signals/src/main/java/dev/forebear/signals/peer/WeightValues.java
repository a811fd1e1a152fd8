package dev.forebear.signals.peer;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weight-value cosine (the peer's WVC): the cosine of the same sampled attention and MLP weights, block by block. The
 * only peer signal that compares weights themselves, and the only one near 0 between strangers. Changing the order of
 * neurons, which changes nothing else, silences it.
 */
final class WeightValues {

    /**
     * Counters of the sketch of one block: the estimated cosine of one block deviates by 1/8, of L blocks by 1/(8√L).
     */
    static final int SKETCH = 64;

    private static final int SHORTEST = 64;
    private static final int FEWEST_LAYERS = 2;

    private WeightValues() {}

    /** Of one block, 0 to 1, over the first values that both have; null with fewer than 64 of them. */
    static @Nullable Double cosine(float[] a, float[] b) {
        int length = Math.min(a.length, b.length);
        Double cosine = length < SHORTEST ? null : VectorSimilarity.cosine(a, b, length);
        return cosine == null ? null : Math.max(0, cosine);
    }

    /** Mean over the blocks, rounded; null with fewer than two. */
    static @Nullable Double mean(Collection<Double> cosines) {
        if (cosines.size() < FEWEST_LAYERS) {
            return null;
        }
        double sum = 0;
        for (double cosine : cosines) {
            sum += cosine;
        }
        return VectorSimilarity.round(sum / cosines.size());
    }

    /** What travels of one block; empty when it has no such weights. */
    static byte[] sketch(float[] sample) {
        return sample.length < SHORTEST ? new byte[0] : VectorSketch.of(sample, SKETCH);
    }

    /** Estimate from sketches by block, 0 to 1, rounded; null with fewer than two common blocks. */
    static @Nullable Double estimate(List<byte[]> a, List<byte[]> b) {
        double sum = 0;
        int layers = 0;
        for (int layer = 0; layer < Math.min(a.size(), b.size()); layer++) {
            Double cosine = VectorSketch.cosine(a.get(layer), b.get(layer));
            if (cosine != null) {
                sum += cosine;
                layers++;
            }
        }
        return layers < FEWEST_LAYERS ? null : VectorSimilarity.clampedToUnit(sum / layers);
    }
}
