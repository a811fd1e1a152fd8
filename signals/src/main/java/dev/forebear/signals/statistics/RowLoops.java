package dev.forebear.signals.statistics;

import dev.forebear.checkpoint.numbers.VectorInstructions;

/**
 * The loops that take the time of a fingerprint. Every implementation adds in the same order and rounds at the same
 * places, so that results are the same with each of them.
 */
interface RowLoops {

    /** Sums that run beside each other; at the end every eighth is added up, then these eight. */
    int LANES = 128;

    int CHAINS = 8;

    /** Values of which four are added in single precision. */
    int GROUP = 4 * LANES;

    RowLoops FASTEST = VectorInstructions.AVAILABLE ? new VectorRowLoops() : new PlainRowLoops();

    /**
     * The sum of the squares of {@code count} values. Lane i adds up in single precision those of values i, i + 128, i
     * + 256 and i + 384 of a group, the first two and the last two first, and in double precision these sums.
     *
     * @param count whole groups
     */
    double squares(float[] values, int from, int count);

    /**
     * The dot product of {@code count} values, in double precision: lane i adds up the products of values i, i + 128,
     * ...
     *
     * @param count a multiple of the number of lanes
     */
    double dot(float[] a, int from, float[] b, int count);

    /**
     * Adds left · right to rows {@code first} to {@code end - 1} of the sum, term after term. Four terms at a time are
     * left out of a row where its four factors are zero.
     */
    void add(Product product, int first, int end);

    /**
     * What is multiplied, and what it is added to.
     *
     * @param left n × k
     * @param right of which k rows from {@code from} on are taken, of m
     * @param sum n × m
     */
    record Product(double[][] left, double[][] right, int from, double[][] sum) {

        int terms() {
            return left[0].length;
        }

        int columns() {
            return sum[0].length;
        }
    }
}
