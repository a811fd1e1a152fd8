package dev.forebear.signals.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Arithmetic on the rows of small matrices; sums run in a fixed order, so results are the same everywhere. */
public final class Rows {

    private Rows() {}

    // Four sums, whose additions do not wait for one another.
    public static double dot(double[] a, double[] b) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = 0;
        for (; i + 4 <= a.length; i += 4) {
            first += a[i] * b[i];
            second += a[i + 1] * b[i + 1];
            third += a[i + 2] * b[i + 2];
            fourth += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            first += a[i] * b[i];
        }
        return first + second + (third + fourth);
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
        Map<Integer, List<double[]>> byHash = new HashMap<>();
        for (double[] row : rows) {
            List<double[]> alike = byHash.computeIfAbsent(Arrays.hashCode(row), hash -> new ArrayList<>(1));
            if (alike.stream().anyMatch(earlier -> Arrays.equals(row, earlier))) {
                Arrays.fill(row, 0);
            } else {
                alike.add(row);
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

    // Four rows at a time, whose sums do not wait for one another; the row is loaded once for all of them.
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
