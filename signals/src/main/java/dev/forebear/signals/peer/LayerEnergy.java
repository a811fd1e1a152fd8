package dev.forebear.signals.peer;

import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Layer energy profile (the peer's LEP): how the size of the weights runs from the first block to the last. In full it
 * costs every matrix of every block; for a fingerprint four blocks of values of each. Two curves of a few dozen points
 * that both rise towards the end correlate, whoever trained them.
 */
final class LayerEnergy {

    private static final double SMALLEST = 1e-8;

    private LayerEnergy() {}

    /** Energy of each block over the largest, 0 where a block is missing; empty when not comparable. */
    static float[] profile(SortedMap<Integer, Double> energies) {
        if (energies.isEmpty()) {
            return new float[0];
        }
        double largest = 0;
        for (double energy : energies.values()) {
            largest = Math.max(largest, energy);
        }
        if (!Double.isFinite(largest)) {
            return new float[0];
        }
        float[] profile = new float[energies.lastKey() + 1];
        for (Map.Entry<Integer, Double> layer : energies.entrySet()) {
            profile[layer.getKey()] = (float) (layer.getValue() / (largest > SMALLEST ? largest : 1));
        }
        return profile;
    }

    /** Correlation after interpolation to the shorter profile, 0 to 1, rounded; null when one is empty or flat. */
    static @Nullable Double similarity(float[] a, float[] b) {
        int length = Math.min(a.length, b.length);
        return length == 0 ? null : VectorSimilarity.correlation(interpolated(a, length), interpolated(b, length));
    }

    private static double[] interpolated(float[] profile, int length) {
        double[] points = new double[length];
        for (int i = 0; i < length; i++) {
            double position = length == 1 ? 0 : (double) i * (profile.length - 1) / (length - 1);
            int left = Math.min((int) position, profile.length - 1);
            int right = Math.min(left + 1, profile.length - 1);
            points[i] = profile[left] + (position - left) * (profile[right] - profile[left]);
        }
        return points;
    }
}
