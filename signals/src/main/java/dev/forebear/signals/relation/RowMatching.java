package dev.forebear.signals.relation;

import dev.forebear.signals.statistics.MatrixProduct;
import dev.forebear.signals.statistics.Rows;
import java.util.Arrays;

/**
 * Which row of one matrix each row of another came from when their order means nothing: two rows that are most like
 * each other, by cosine.
 *
 * @param rows for every row of the first matrix the row of the second, or -1
 * @param share share of rows that have a counterpart
 * @param similarity mean cosine of every row and the row most like it
 */
record RowMatching(int[] rows, double share, double similarity) {

    static RowMatching of(double[][] first, double[][] second) {
        double[][] cosines = MatrixProduct.of(unit(first), MatrixProduct.transposed(unit(second)));
        int[] best = new int[first.length];
        int[] back = new int[second.length];
        double similarity = 0;
        for (int i = 0; i < first.length; i++) {
            for (int j = 0; j < second.length; j++) {
                best[i] = cosines[i][j] > cosines[i][best[i]] ? j : best[i];
                back[j] = cosines[i][j] > cosines[back[j]][j] ? i : back[j];
            }
            similarity += cosines[i][best[i]] / first.length;
        }
        int matched = 0;
        for (int i = 0; i < first.length; i++) {
            best[i] = back[best[i]] == i ? best[i] : -1;
            matched += best[i] >= 0 ? 1 : 0;
        }
        return new RowMatching(best, (double) matched / first.length, similarity);
    }

    /** The rows of the second matrix in the order of the first; empty where there is none. */
    double[][] arranged(double[][] second) {
        return Arrays.stream(rows)
                .mapToObj(row -> row < 0 ? new double[0] : second[row])
                .toArray(double[][]::new);
    }

    private static double[][] unit(double[][] rows) {
        double[][] copy = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
        Rows.normalise(copy);
        return copy;
    }
}
