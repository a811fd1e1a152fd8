package dev.forebear.signals.evidence;

/**
 * Inner products of small whole numbers, two to an int. One multiplication of ints yields the products of two pairs,
 * added up, in its upper half when one side has its pairs swapped:
 *
 * <pre>
 * (a0 + 2^16 a1) (b1 + 2^16 b0)  =  a0 b1  +  2^16 (a0 b0 + a1 b1)      modulo 2^32
 * </pre>
 *
 * so sums of either half must stay within {@value #LARGEST} of 0, which vectors do whose norms have no larger product.
 * Twice as fast as bytes that are taken apart, where the compiler vectorises.
 */
final class PairedShorts {

    /** Largest product of the norms of two vectors. */
    static final int LARGEST = Short.MAX_VALUE;

    private PairedShorts() {}

    static int straight(int first, int second) {
        return first + (second << Short.SIZE);
    }

    static int swapped(int first, int second) {
        return second + (first << Short.SIZE);
    }

    /**
     * Inner products of two swapped vectors with each of many straight ones, not yet {@link #decoded}. Two by two, so
     * that each number is loaded half as often.
     *
     * @param a where the first swapped vector begins, b the second
     * @param c where the first straight vector begins, each other so many further
     * @param ofFirst products of the first swapped vector; one longer than there are straight ones, as the other
     */
    static void products(
            int[] swapped,
            int a,
            int b,
            int[] straight,
            int c,
            int stride,
            int count,
            int ints,
            int[] ofFirst,
            int[] ofSecond) {
        for (int to = 0; to < count; to += 2) {
            int at = c + to * stride;
            int next = to + 1 < count ? at + stride : at;
            int first = 0;
            int second = 0;
            int third = 0;
            int fourth = 0;
            for (int i = 0; i < ints; i++) {
                int left = swapped[a + i];
                int right = swapped[b + i];
                int one = straight[at + i];
                int other = straight[next + i];
                first += left * one;
                second += right * one;
                third += left * other;
                fourth += right * other;
            }
            ofFirst[to] = first;
            ofSecond[to] = second;
            ofFirst[to + 1] = third;
            ofSecond[to + 1] = fourth;
        }
    }

    static int decoded(int sum) {
        return sum - (short) sum >> Short.SIZE;
    }
}
