package dev.forebear.signals.peer;

import org.jspecify.annotations.Nullable;

/**
 * A count-sketch of a long vector: each value is added, with a sign, to one of a few counters; sign and counter depend
 * on its position only. The cosine of two sketches of k counters estimates the cosine c of the vectors with a standard
 * deviation of (1 - c²) / √k (Charikar, Chen and Farach-Colton 2002). Counters travel as int8, which adds less than
 * 0.01.
 */
final class VectorSketch {

    private VectorSketch() {}

    /** The counters scaled so that the largest is 127; empty when the vector is empty, zero or not finite. */
    static byte[] of(float[] vector, int counters) {
        double[] sums = new double[counters];
        for (int i = 0; i < vector.length; i++) {
            long bits = Mixing.mix((i + 1L) * Mixing.GOLDEN_GAMMA);
            int counter = (int) Math.unsignedMultiplyHigh(bits, counters);
            sums[counter] += (bits & 1) == 0 ? vector[i] : -vector[i];
        }
        return quantised(sums);
    }

    private static byte[] quantised(double[] sums) {
        double largest = 0;
        for (double sum : sums) {
            largest = Math.max(largest, Math.abs(sum));
        }
        if (largest == 0 || !Double.isFinite(largest)) {
            return new byte[0];
        }
        byte[] sketch = new byte[sums.length];
        for (int i = 0; i < sums.length; i++) {
            sketch[i] = (byte) Math.round(sums[i] / largest * 127);
        }
        return sketch;
    }

    /** Estimated cosine, -1 to 1; null when a sketch is empty or the two are of different length. */
    static @Nullable Double cosine(byte[] a, byte[] b) {
        return a.length != b.length ? null : VectorSimilarity.cosine(a, b);
    }
}
