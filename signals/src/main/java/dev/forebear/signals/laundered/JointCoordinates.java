package dev.forebear.signals.laundered;

import dev.forebear.signals.statistics.MatrixProduct;
import dev.forebear.signals.statistics.Rows;
import java.util.Arrays;

/**
 * The same tokens in two models, in as few coordinates as the two hidden sizes together: all inner products over tokens
 * are kept, so that nothing computed from them changes. The coordinates are the rows of a Cholesky factor.
 */
final class JointCoordinates {

    private static final double ZERO = 1e-10;

    private JointCoordinates() {}

    /**
     * @param a tokens × hidden size of the first
     * @param b tokens × hidden size of the second
     * @return for the first and the second, hidden size × coordinates
     */
    static double[][][] of(double[][] a, double[][] b) {
        int sizeOfA = a[0].length;
        double[][] together = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            together[i] = Arrays.copyOf(a[i], sizeOfA + b[i].length);
            System.arraycopy(b[i], 0, together[i], sizeOfA, b[i].length);
        }
        double[][] factor = cholesky(MatrixProduct.ofTransposed(together, together));
        return new double[][][] {
            Arrays.copyOfRange(factor, 0, sizeOfA), Arrays.copyOfRange(factor, sizeOfA, factor.length)
        };
    }

    /** L with L·Lᵀ the given matrix, which may be singular. */
    private static double[][] cholesky(double[][] gram) {
        int size = gram.length;
        double largest = 0;
        for (int i = 0; i < size; i++) {
            largest = Math.max(largest, gram[i][i]);
        }
        double[][] factor = new double[size][size];
        for (int j = 0; j < size; j++) {
            double pivot = gram[j][j] - Rows.dot(factor[j], factor[j]);
            if (pivot > ZERO * largest) {
                for (int i = j; i < size; i++) {
                    factor[i][j] = (gram[i][j] - Rows.dot(factor[i], factor[j])) / Math.sqrt(pivot);
                }
            }
        }
        return factor;
    }
}
