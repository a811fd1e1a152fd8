package dev.forebear.signals.relation;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * Values of a derived model where one relative is clearly apart from several others, all rounded as the derived model
 * is.
 *
 * @param values how many these are
 * @param equal those equal to this relative
 * @param near those up to {@value #NEIGHBOURS} steps of the grid from it, and not equal
 */
record OwnValues(long values, long equal, long near) {

    /** Steps of the grid that relatives must be apart. */
    private static final int APART = 8;

    private static final int NEIGHBOURS = APART / 2;
    private static final long FEWEST_VALUES = 1_000;
    private static final double SMALLEST_SHARE = 0.05;
    private static final double TIMES_ACCIDENT = 5;

    static OwnValues of(MappedRows rows, int relative, List<Integer> others) throws IOException {
        OwnValues sum = new OwnValues(0, 0, 0);
        for (int block = 0; block < rows.blocks(); block++) {
            double[][] derived = rows.derived(block);
            double[][] own = Objects.requireNonNull(rows.relative(relative, block));
            double[][][] foreign = new double[others.size()][][];
            for (int i = 0; i < foreign.length; i++) {
                foreign[i] = Objects.requireNonNull(rows.relative(others.get(i), block));
            }
            sum = sum.plus(of(derived, own, foreign));
        }
        return sum;
    }

    private static OwnValues of(double[][] derived, double[][] own, double[][][] foreign) {
        Rounding rounding = Rounding.of(derived);
        long values = 0;
        long equal = 0;
        long near = 0;
        for (int row = 0; row < derived.length; row++) {
            for (int i = 0; i < derived[row].length; i++) {
                double source = rounding.nearest(own[row][i]);
                if (derived[row][i] == 0 || !apart(source, foreign, row, i, rounding)) {
                    continue;
                }
                double steps = Math.abs(derived[row][i] - source) / rounding.step(source);
                values++;
                equal += steps == 0 ? 1 : 0;
                near += steps > 0 && steps <= NEIGHBOURS ? 1 : 0;
            }
        }
        return new OwnValues(values, equal, near);
    }

    private static boolean apart(double source, double[][][] foreign, int row, int column, Rounding rounding) {
        for (double[][] other : foreign) {
            double value = rounding.nearest(other[row][column]);
            double step = rounding.step(Math.max(Math.abs(source), Math.abs(value)));
            if (Math.abs(source - value) < APART * step) {
                return false;
            }
        }
        return true;
    }

    private OwnValues plus(OwnValues other) {
        return new OwnValues(values + other.values, equal + other.equal, near + other.near);
    }

    /** Whether equal values are many, and far more than nearly equal ones. */
    boolean takenOver() {
        double accident = near / (2.0 * NEIGHBOURS);
        return values >= FEWEST_VALUES && equal >= SMALLEST_SHARE * values && equal >= TIMES_ACCIDENT * accident;
    }
}
