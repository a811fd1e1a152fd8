package dev.forebear.signals.evidence;

/** Numbers in 8 bits, scaled so that the largest magnitude becomes 127. */
final class Quantised {

    private static final int LARGEST = 127;

    private Quantised() {}

    static byte[] of(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length && largest > 0; i++) {
            bytes[i] = (byte) Math.rint(values[i] / largest * LARGEST);
        }
        return bytes;
    }

    static long dot(byte[] a, byte[] b) {
        int sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Cosine of two vectors; 0 when either is zero. */
    static double cosine(byte[] a, byte[] b) {
        double norms = Math.sqrt((double) dot(a, a) * dot(b, b));
        return norms > 0 ? dot(a, b) / norms : 0;
    }
}
