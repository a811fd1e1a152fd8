package dev.forebear.signals.relation;

import java.util.Arrays;
import java.util.List;

/**
 * How coarse the grid is that weights lie on. Of 32 neighbours that were never rounded to fewer bits than BF16 has,
 * nearly all differ; quantised ones repeat each other.
 *
 * @param different different values per value, among {@value #GROUP} neighbours of a row; values of 0 do not count,
 *     which pruning leaves too
 * @param rowGrid share of the small weights that are multiples of the largest of their row divided by 127
 * @param blockGrid the same with the largest of {@value #GROUP} neighbours
 */
record Lattice(double different, double rowGrid, double blockGrid) {

    static final int GROUP = 32;

    /** Plain weights: at least .97. Eight bits by any scheme: at most .94. */
    private static final double COARSE = 0.955;

    /** Integers of 8 bits, whatever shares a scale: at least .87. Eight-bit floating point: at most .83. */
    private static final double EIGHT_BIT_INTEGERS = 0.86;

    /** Five bits: at least .7. Four bits by any scheme: at most .43. */
    private static final double FOUR_BIT = 0.6;

    private static final double ON_GRID = 0.98;
    private static final int LARGEST_CODE = 127;

    /** Steps up to which a weight is small, and how far from a multiple it may be besides the rounding of its dtype. */
    private static final double SMALL = 10;

    private static final double TOLERANCE = 0.02;

    /** Rounding to BF16, of the value and of the largest one: half a step each, relative. */
    private static final double BF16 = 2.0 / 256;

    static Lattice of(double[][] rows) {
        double values = 0;
        double different = 0;
        double[] group = new double[GROUP];
        for (double[] row : rows) {
            for (int from = 0; from + GROUP <= row.length; from += GROUP) {
                System.arraycopy(row, from, group, 0, GROUP);
                Arrays.sort(group);
                for (int i = 0; i < GROUP; i++) {
                    values += group[i] != 0 ? 1 : 0;
                    different += group[i] != 0 && (i == 0 || group[i] != group[i - 1]) ? 1 : 0;
                }
            }
        }
        return new Lattice(values > 0 ? different / values : 1, onGrid(rows, false), onGrid(rows, true));
    }

    /** The middle one of several tensors, each trait on its own; that of plain weights when there are none. */
    static Lattice middle(List<Lattice> tensors) {
        return new Lattice(
                Medians.of(tensors.stream().mapToDouble(Lattice::different), 1),
                Medians.of(tensors.stream().mapToDouble(Lattice::rowGrid), 0),
                Medians.of(tensors.stream().mapToDouble(Lattice::blockGrid), 0));
    }

    boolean coarse() {
        return different <= COARSE;
    }

    boolean coarserThan(Lattice other) {
        return coarse() && different < other.different - TOLERANCE;
    }

    /** Whether {@link #steps} are those of the grid and no guess. */
    boolean exactSteps() {
        return different <= EIGHT_BIT_INTEGERS || onGrid();
    }

    private boolean fewBits() {
        return different <= FOUR_BIT;
    }

    /** For example "8 bit, per row". */
    String words() {
        if (rowGrid >= ON_GRID && !fewBits()) {
            return "8 bit, per row";
        }
        if (blockGrid >= ON_GRID && !fewBits()) {
            return "8 bit, blocks of " + GROUP;
        }
        if (different > EIGHT_BIT_INTEGERS) {
            return "8 bit";
        }
        return !fewBits() ? "5 to 6 bit, or 8-bit floating point" : "4 bit or fewer";
    }

    /**
     * Distances from the values of a group of {@value #GROUP} neighbours in a row to the next point of the grid, as far
     * as the values show it.
     *
     * @param from first value of the group
     */
    double[] steps(double[] row, int from) {
        double[] steps = new double[GROUP];
        if (different <= EIGHT_BIT_INTEGERS) {
            double[] levels =
                    Arrays.stream(row, from, from + GROUP).sorted().distinct().toArray();
            Arrays.setAll(steps, i -> nearest(levels, Arrays.binarySearch(levels, row[from + i])));
            return steps;
        }
        boolean blocks = blockGrid >= ON_GRID;
        double largest = largest(row, blocks ? from : 0, blocks ? from + GROUP : row.length);
        Arrays.fill(steps, onGrid() ? largest / LARGEST_CODE : range(row) / (2 * LARGEST_CODE));
        return steps;
    }

    private static double nearest(double[] levels, int level) {
        double below = level > 0 ? levels[level] - levels[level - 1] : Double.POSITIVE_INFINITY;
        double above = level + 1 < levels.length ? levels[level + 1] - levels[level] : Double.POSITIVE_INFINITY;
        double nearest = Math.min(below, above);
        return Double.isInfinite(nearest) ? 0 : nearest;
    }

    private boolean onGrid() {
        return rowGrid >= ON_GRID || blockGrid >= ON_GRID;
    }

    private static double range(double[] row) {
        return Arrays.stream(row).max().orElse(0) - Arrays.stream(row).min().orElse(0);
    }

    private static double onGrid(double[][] rows, boolean blocks) {
        double small = 0;
        double on = 0;
        for (double[] row : rows) {
            int length = blocks ? GROUP : row.length;
            for (int from = 0; from + length <= row.length; from += length) {
                double step = largest(row, from, from + length) / LARGEST_CODE;
                for (int i = from; i < from + length && step > 0; i++) {
                    double steps = Math.abs(row[i] / step);
                    if (steps > 0 && steps < SMALL) {
                        small++;
                        on += Math.abs(steps - Math.rint(steps)) < Math.max(TOLERANCE, BF16 * steps) ? 1 : 0;
                    }
                }
            }
        }
        return small > 0 ? on / small : 0;
    }

    private static double largest(double[] row, int from, int to) {
        double largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(row[i]));
        }
        return largest;
    }
}
