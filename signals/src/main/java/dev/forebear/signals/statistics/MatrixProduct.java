package dev.forebear.signals.statistics;

import java.util.stream.IntStream;

/**
 * Products of dense matrices, on all cores where it pays. Every sum runs in order of the index, so results do not
 * depend on the number of cores.
 */
public final class MatrixProduct {

    private static final int BLOCK = 8;
    private static final long WORTH_SHARING = 1L << 22;

    private MatrixProduct() {}

    /** left · right of n × k and k × m. */
    public static double[][] of(double[][] left, double[][] right) {
        double[][] product = new double[left.length][right.length == 0 ? 0 : right[0].length];
        add(left, right, 0, product);
        return product;
    }

    /** leftᵀ · right of k × n and k × m. */
    public static double[][] ofTransposed(double[][] left, double[][] right) {
        return of(transposed(left), right);
    }

    public static double[][] transposed(double[][] rows) {
        double[][] columns = new double[rows.length == 0 ? 0 : rows[0].length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                columns[j][i] = rows[i][j];
            }
        }
        return columns;
    }

    /**
     * Adds left · right, where the columns of left go with the rows of right from a given one on.
     *
     * @param left n × k
     * @param right at least {@code from} + k rows of m
     * @param sum n × m
     */
    public static void add(double[][] left, double[][] right, int from, double[][] sum) {
        if (left.length == 0 || sum[0].length == 0) {
            return;
        }
        IntStream blocks = IntStream.range(0, (left.length + BLOCK - 1) / BLOCK);
        boolean shared = (long) left.length * left[0].length * sum[0].length >= WORTH_SHARING;
        (shared ? blocks.parallel() : blocks).forEach(block -> addBlock(left, right, from, sum, block * BLOCK));
    }

    // Four rows of right are held while all rows of the block pass: a third of the memory traffic of one at a time.
    private static void addBlock(double[][] left, double[][] right, int from, double[][] sum, int first) {
        int end = Math.min(first + BLOCK, left.length);
        int terms = left[first].length;
        int k = 0;
        for (; k + 4 <= terms; k += 4) {
            for (int i = first; i < end; i++) {
                addFour(left[i], k, right, from + k, sum[i]);
            }
        }
        for (; k < terms; k++) {
            for (int i = first; i < end; i++) {
                Rows.add(right[from + k], left[i][k], sum[i]);
            }
        }
    }

    private static void addFour(double[] factors, int k, double[][] rows, int first, double[] sum) {
        if (factors[k] == 0 && factors[k + 1] == 0 && factors[k + 2] == 0 && factors[k + 3] == 0) {
            return; // Rows of zeros: padding, rows that could not be read, and all of them while reading is planned.
        }
        addFour(
                factors[k],
                rows[first],
                factors[k + 1],
                rows[first + 1],
                factors[k + 2],
                rows[first + 2],
                factors[k + 3],
                rows[first + 3],
                sum);
    }

    private static void addFour(
            double a,
            double[] rowA,
            double b,
            double[] rowB,
            double c,
            double[] rowC,
            double d,
            double[] rowD,
            double[] sum) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] = sum[j] + a * rowA[j] + b * rowB[j] + c * rowC[j] + d * rowD[j];
        }
    }
}
