package dev.forebear.signals.laundered;

import dev.forebear.signals.statistics.MatrixProduct;

/**
 * The orthogonal matrix nearest to a square one, by the iteration of Newton and Schulz: products only. Directions that
 * the matrix does not know at all stay zero.
 */
final class PolarFactor {

    private static final int ITERATIONS = 30;
    private static final double CONVERGED = 1e-8;

    private PolarFactor() {}

    /** Zeros when the matrix is zero. */
    static double[][] of(double[][] matrix) {
        double bound = Math.sqrt(largestSum(matrix) * largestSum(MatrixProduct.transposed(matrix)));
        int size = matrix.length;
        double[][] factor = new double[size][size];
        for (int i = 0; i < size && bound > 0; i++) {
            for (int j = 0; j < size; j++) {
                factor[i][j] = matrix[i][j] / bound;
            }
        }
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double[][] cubic = MatrixProduct.of(factor, MatrixProduct.ofTransposed(factor, factor));
            double change = 0;
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    double step = (factor[i][j] - cubic[i][j]) / 2;
                    factor[i][j] += step;
                    change += step * step;
                }
            }
            if (change < CONVERGED * size) {
                break;
            }
        }
        return factor;
    }

    /** Of absolute values along a row; with that of the columns it bounds the largest singular value. */
    private static double largestSum(double[][] matrix) {
        double largest = 0;
        for (double[] row : matrix) {
            double sum = 0;
            for (double value : row) {
                sum += Math.abs(value);
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }
}
