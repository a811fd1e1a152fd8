package dev.forebear.signals.confirmation;

import dev.forebear.signals.statistics.Rows;
import java.util.Arrays;

/** Vectors of tokens turned into residual dimensions: one unit row for every dimension. */
final class TokenColumns {

    private TokenColumns() {}

    /** Rows that are not zero and not equal to an earlier one: padding is no token of its own. */
    static int distinct(double[][] vectors) {
        double[][] kept = Arrays.stream(vectors).map(double[]::clone).toArray(double[][]::new);
        Rows.dropDuplicates(kept);
        return (int) Arrays.stream(kept).filter(row -> !Rows.isZero(row)).count();
    }

    /** Unit columns of the vectors, as rows (dimensions × tokens); at most so many, a constant one is zero. */
    static double[][] of(double[][] vectors, int atMost) {
        double[][] columns = new double[Math.min(atMost, vectors[0].length)][vectors.length];
        for (int i = 0; i < vectors.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                columns[j][i] = vectors[i][j];
            }
        }
        Rows.normalise(columns);
        return columns;
    }
}
