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

    /** The same of whole numbers. */
    static long[] of(byte[] values) {
        long[] bits = new long[longs(values.length)];
        for (int i = 0; i < values.length; i++) {
            bits[i / Long.SIZE] |= (long) (values[i] >>> Byte.SIZE - 1 & 1) << i;
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

    /**
     * The same of two of one side with each of many of the other, two by two.
     *
     * @param a where the first of one side begins, b the second
     * @param c where the first of the other side begins, each other so many further
     * @param ofFirst what the first of one side differs in; one longer than there are others, as that of the second
     */
    static void differing(
            long[] left,
            int a,
            int b,
            long[] right,
            int c,
            int stride,
            int count,
            int longs,
            int[] ofFirst,
            int[] ofSecond) {
        for (int to = 0; to < count; to += 2) {
            int at = c + to * stride;
            int next = to + 1 < count ? at + stride : at;
            int first = 0;
            int second = 0;
            int third = 0;
            int fourth = 0;
            for (int i = 0; i < longs; i++) {
                long one = left[a + i];
                long other = left[b + i];
                long against = right[at + i];
                long last = right[next + i];
                first += Long.bitCount(one ^ against);
                second += Long.bitCount(other ^ against);
                third += Long.bitCount(one ^ last);
                fourth += Long.bitCount(other ^ last);
            }
            ofFirst[to] = first;
            ofSecond[to] = second;
            ofFirst[to + 1] = third;
            ofSecond[to + 1] = fourth;
        }
    }
}
