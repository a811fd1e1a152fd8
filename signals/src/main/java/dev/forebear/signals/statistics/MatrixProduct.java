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
        var product = new RowLoops.Product(left, right, from, sum);
        (shared ? blocks.parallel() : blocks).forEach(block -> addBlock(product, block * BLOCK));
    }

    private static void addBlock(RowLoops.Product product, int first) {
        RowLoops.FASTEST.add(product, first, Math.min(first + BLOCK, product.left().length));
    }
}
