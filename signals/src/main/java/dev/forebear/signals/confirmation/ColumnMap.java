package dev.forebear.signals.confirmation;

/**
 * Which residual dimension of one model goes with which of the other, up to sign.
 *
 * @param first dimensions of the first model
 * @param second for each its counterpart in the second
 * @param sign 1, or -1 where the counterpart is negated
 */
public record ColumnMap(int[] first, int[] second, double[] sign) {

    /** Rows of the first model in the coordinates of the map. */
    double[][] ofFirst(double[][] rows) {
        double[][] mapped = new double[rows.length][first.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < first.length; j++) {
                mapped[i][j] = rows[i][first[j]];
            }
        }
        return mapped;
    }

    /** Rows of the second model in the same coordinates. */
    double[][] ofSecond(double[][] rows) {
        double[][] mapped = new double[rows.length][second.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < second.length; j++) {
                mapped[i][j] = sign[j] * rows[i][second[j]];
            }
        }
        return mapped;
    }

    /** Whether every dimension goes with the one of the same number. */
    boolean identity() {
        for (int i = 0; i < first.length; i++) {
            if (first[i] != second[i] || sign[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
