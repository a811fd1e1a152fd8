package dev.forebear.signals.confirmation;

import dev.forebear.signals.statistics.MatrixProduct;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.statistics.StableHash;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Rows of unit length, and which of them may be used: a zero row, and one that is parallel to an earlier one, is no
 * unit of its own. Wide rows are compressed to {@value #COLUMNS} columns by a count-sketch.
 *
 * @param rows one for every unit
 * @param usable one for every row
 */
record UnitRows(double[][] rows, boolean[] usable) {

    static final int COLUMNS = 512;
    private static final long COLUMN_KEY = 5;
    private static final double PARALLEL = 1 - 1e-12;

    /** The rows given are not changed. */
    static UnitRows of(double[][] given) {
        double[][] rows = Arrays.stream(given).map(double[]::clone).toArray(double[][]::new);
        Rows.normalise(rows);
        boolean[] usable = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            usable[i] = !Rows.isZero(rows[i]);
            for (int j = 0; j < i && usable[i]; j++) {
                usable[i] = !usable[j] || Math.abs(Rows.dot(rows[i], rows[j])) < PARALLEL;
            }
        }
        return new UnitRows(compressed(rows), usable);
    }

    /** Of unit length and compressed, none of them judged. */
    static double[][] all(double[][] given) {
        double[][] rows = Arrays.stream(given).map(double[]::clone).toArray(double[][]::new);
        Rows.normalise(rows);
        return compressed(rows);
    }

    int[] indices() {
        return IntStream.range(0, rows.length).toArray();
    }

    /** Similarities of the rows of two models at the same indices. */
    static double[][] similarity(UnitRows a, UnitRows b, int[] indices) {
        return MatrixProduct.of(a.at(indices), MatrixProduct.transposed(b.at(indices)));
    }

    private double[][] at(int[] indices) {
        double[][] chosen = new double[indices.length][];
        for (int i = 0; i < indices.length; i++) {
            chosen[i] = rows[indices[i]];
        }
        return chosen;
    }

    /** Of these indices the ones whose rows may be used in all. */
    static int[] usableInAll(int[] indices, UnitRows... all) {
        return Arrays.stream(indices)
                .filter(i -> Arrays.stream(all).allMatch(rows -> rows.usable[i]))
                .toArray();
    }

    private static double[][] compressed(double[][] rows) {
        if (rows.length == 0 || rows[0].length <= COLUMNS) {
            return rows;
        }
        double[][] narrow = new double[rows.length][COLUMNS];
        for (int j = 0; j < rows[0].length; j++) {
            long key = StableHash.of(COLUMN_KEY, j);
            int column = (int) (key >>> 40) & (COLUMNS - 1);
            for (int i = 0; i < rows.length; i++) {
                narrow[i][column] += (key & 1) == 0 ? rows[i][j] : -rows[i][j];
            }
        }
        Rows.normalise(narrow);
        return narrow;
    }
}
