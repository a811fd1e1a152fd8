package dev.forebear.signals.evidence;

import java.util.Arrays;

/**
 * The rows of two sketches held against each other, those that hold something in both.
 *
 * @param similarity row by row (units × units), scaled so that the mean of the diagonal is the cosine of the sketches
 * @param hashingVariance variance of that cosine when buckets are random
 */
record RowProducts(double[][] similarity, double hashingVariance) {

    private static final int ROWS = PositionalSketch.ROWS;

    private static final int INTS = PositionalSketch.BUCKETS / 4;

    /** @param a rows × buckets, as {@link PackedBytes} packs them, b the same */
    static RowProducts of(int[] a, int[] b) {
        int[] squaresOfA = squares(a);
        int[] squaresOfB = squares(b);
        int[] units = units(squaresOfA, squaresOfB);
        int[][] products = new SketchRows(b).products(a);
        double sumOfA = 0;
        double sumOfB = 0;
        double sumOfBoth = 0;
        for (int unit : units) {
            sumOfA += squaresOfA[unit];
            sumOfB += squaresOfB[unit];
            sumOfBoth += (double) squaresOfA[unit] * squaresOfB[unit];
        }
        double scale = units.length / Math.sqrt(sumOfA * sumOfB);
        double[][] similarity = new double[units.length][units.length];
        for (int i = 0; i < units.length; i++) {
            for (int j = 0; j < units.length; j++) {
                similarity[i][j] = scale * products[units[i]][units[j]];
            }
        }
        return new RowProducts(similarity, sumOfBoth / (sumOfA * sumOfB) / PositionalSketch.BUCKETS);
    }

    int units() {
        return similarity.length;
    }

    private static int[] squares(int[] packed) {
        int[] squares = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            squares[row] = PackedBytes.plainDot(packed, row * INTS, packed, row * INTS, INTS);
        }
        return squares;
    }

    private static int[] units(int[] squaresOfA, int[] squaresOfB) {
        int[] units = new int[ROWS];
        int count = 0;
        for (int i = 0; i < ROWS; i++) {
            if (squaresOfA[i] > 0 && squaresOfB[i] > 0) {
                units[count++] = i;
            }
        }
        return Arrays.copyOf(units, count);
    }
}
