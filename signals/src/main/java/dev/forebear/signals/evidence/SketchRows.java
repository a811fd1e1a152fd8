package dev.forebear.signals.evidence;

/**
 * The rows of one group of a positional sketch, laid out for those of another to be multiplied with. Three rows travel
 * in one long, {@value #LANE_BITS} bits each, which is room for any sum of {@value PositionalSketch#BUCKETS} products
 * of bytes.
 */
final class SketchRows {

    private static final int ROWS = PositionalSketch.ROWS;
    private static final int BUCKETS = PositionalSketch.BUCKETS;
    private static final int LANES = 3;
    private static final int LANE_BITS = 21;
    private static final int WORDS = 6;

    private final long[] columns = new long[BUCKETS * WORDS];

    /** @param packed rows × buckets, as {@link PackedBytes} packs them */
    SketchRows(int[] packed) {
        for (int row = 0; row < ROWS; row++) {
            for (int k = 0; k < BUCKETS; k++) {
                columns[k * WORDS + row / LANES] +=
                        (long) PackedBytes.at(packed, row * BUCKETS + k) << LANE_BITS * (row % LANES);
            }
        }
    }

    /**
     * Inner products of every row of another with every row of this: rows of the other × rows of this.
     *
     * @param packed the other, rows × buckets
     */
    int[][] products(int[] packed) {
        int[][] products = new int[ROWS][ROWS];
        long[] sums = new long[WORDS];
        for (int i = 0; i < ROWS; i++) {
            multiply(packed, i * BUCKETS, sums);
            for (int j = 0; j < ROWS; j++) {
                long lane = sums[j / LANES] << Long.SIZE - LANE_BITS >> Long.SIZE - LANE_BITS;
                products[i][j] = (int) lane;
                sums[j / LANES] = sums[j / LANES] - lane >> LANE_BITS;
            }
        }
        return products;
    }

    private void multiply(int[] packed, int from, long[] sums) {
        long first = 0;
        long second = 0;
        long third = 0;
        long fourth = 0;
        long fifth = 0;
        long sixth = 0;
        for (int k = 0; k < BUCKETS; k++) {
            long value = PackedBytes.at(packed, from + k);
            int at = k * WORDS;
            first += value * columns[at];
            second += value * columns[at + 1];
            third += value * columns[at + 2];
            fourth += value * columns[at + 3];
            fifth += value * columns[at + 4];
            sixth += value * columns[at + 5];
        }
        sums[0] = first;
        sums[1] = second;
        sums[2] = third;
        sums[3] = fourth;
        sums[4] = fifth;
        sums[5] = sixth;
    }
}
