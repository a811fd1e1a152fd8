package dev.forebear.signals.evidence;

/** The signs of numbers, 64 to a long: two vectors of cosine c differ in a share arccos(c)/π of them, roughly. */
final class SignBits {

    private SignBits() {}

    static int longs(int values) {
        return (values + Long.SIZE - 1) / Long.SIZE;
    }

    /** A set bit for every value below 0. */
    static long[] of(double[] values) {
        long[] bits = new long[longs(values.length)];
        for (int i = 0; i < values.length; i++) {
            bits[i / Long.SIZE] |= values[i] < 0 ? 1L << i : 0;
        }
        return bits;
    }

    /** Number of signs that differ, in as many longs of both from these positions on. */
    static int differing(long[] a, int fromA, long[] b, int fromB, int longs) {
        int differing = 0;
        for (int i = 0; i < longs; i++) {
            differing += Long.bitCount(a[fromA + i] ^ b[fromB + i]);
        }
        return differing;
    }
}
