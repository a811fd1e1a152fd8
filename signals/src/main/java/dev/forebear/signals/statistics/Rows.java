package dev.forebear.signals.statistics;

import java.util.Arrays;

/** Arithmetic on the rows of small matrices; sums run in order of the index, so results are the same everywhere. */
public final class Rows {

    private Rows() {}

    public static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    public static double norm(double[] row) {
        return Math.sqrt(dot(row, row));
    }

    /** Cosine of two rows; 0 when either is zero. */
    public static double cosine(double[] a, double[] b) {
        double norms = norm(a) * norm(b);
        return norms > 0 ? dot(a, b) / norms : 0;
    }

    /** Divides every row by its norm, in place; zero rows stay zero. */
    public static void normalise(double[][] rows) {
        for (double[] row : rows) {
            double norm = norm(row);
            for (int i = 0; i < row.length && norm > 0; i++) {
                row[i] /= norm;
            }
        }
    }

    /** Subtracts from every row that is not zero the mean of these rows, in place. */
    public static void centre(double[][] rows) {
        if (rows.length == 0) {
            return;
        }
        double[] mean = new double[rows[0].length];
        int used = 0;
        for (double[] row : rows) {
            if (!isZero(row)) {
                used++;
                add(row, 1, mean);
            }
        }
        for (double[] row : rows) {
            if (!isZero(row)) {
                add(mean, -1.0 / used, row);
            }
        }
    }

    /** Adds {@code factor} times a row to another, in place. */
    public static void add(double[] row, double factor, double[] to) {
        for (int i = 0; i < row.length; i++) {
            to[i] += factor * row[i];
        }
    }

    public static boolean isZero(double[] row) {
        for (double value : row) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /** Makes rows zero that are equal to an earlier one: copies are not units of their own. */
    public static void dropDuplicates(double[][] rows) {
        for (int i = 1; i < rows.length; i++) {
            for (int j = 0; j < i; j++) {
                if (Arrays.equals(rows[i], rows[j])) {
                    Arrays.fill(rows[i], 0);
                    break;
                }
            }
        }
    }

    /** Columns as rows; a matrix without rows stays one. */
    public static double[][] transposed(double[][] rows) {
        double[][] turned = new double[rows.length == 0 ? 0 : rows[0].length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                turned[j][i] = rows[i][j];
            }
        }
        return turned;
    }

    /** The product a · bᵀ of two matrices with rows of one length. */
    public static double[][] timesTransposed(double[][] a, double[][] b) {
        double[][] product = new double[a.length][b.length];
        for (int i = 0; i < a.length; i++) {
            if (!isZero(a[i])) {
                dots(a[i], b, b.length, product[i]);
            }
        }
        return product;
    }

    /** The product a · aᵀ. */
    public static double[][] gram(double[][] a) {
        double[][] product = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            if (!isZero(a[i])) {
                dots(a[i], a, i + 1, product[i]);
            }
            for (int j = 0; j < i; j++) {
                product[j][i] = product[i][j];
            }
        }
        return product;
    }

    // Four sums side by side do not wait for each other, and each runs in the order of the index as ever.
    private static void dots(double[] row, double[][] rows, int count, double[] into) {
        int j = 0;
        for (; j + 4 <= count; j += 4) {
            double[] b0 = rows[j];
            double[] b1 = rows[j + 1];
            double[] b2 = rows[j + 2];
            double[] b3 = rows[j + 3];
            double sum0 = 0;
            double sum1 = 0;
            double sum2 = 0;
            double sum3 = 0;
            for (int i = 0; i < row.length; i++) {
                sum0 += row[i] * b0[i];
                sum1 += row[i] * b1[i];
                sum2 += row[i] * b2[i];
                sum3 += row[i] * b3[i];
            }
            into[j] = sum0;
            into[j + 1] = sum1;
            into[j + 2] = sum2;
            into[j + 3] = sum3;
        }
        for (; j < count; j++) {
            into[j] = dot(row, rows[j]);
        }
    }
}
