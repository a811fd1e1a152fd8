package dev.forebear.signals.relation;

import dev.forebear.signals.statistics.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether changes are the errors of rounding to a grid: they grow with its steps, from group to group, and hardly
 * exceed half of one. What training changes knows nothing of the grid.
 */
final class RoundingErrors {

    /** Correlation of log change and log step over groups: at least .30 by rounding, at most .09 by training. */
    private static final double FOLLOWS = 0.2;

    /** Median change in steps: .14 to .40 by rounding. */
    private static final double SMALLEST = 0.13;

    private static final double LARGEST = 0.6;

    /** Where steps are a guess: ninety-eight of a hundred changes are smaller. */
    private static final double LARGEST_TAIL = 0.9;

    private static final double TAIL = 0.98;

    private final Lattice grid;
    private final List<Double> middles = new ArrayList<>();
    private final List<Double> tails = new ArrayList<>();
    private double product;
    private double changeSquares;
    private double stepSquares;

    RoundingErrors(Lattice grid) {
        this.grid = grid;
    }

    /**
     * @param on lines of values that lie on the grid
     * @param off the values at the same places of the other model
     */
    void add(double[][] on, double[][] off) {
        List<Double> changes = new ArrayList<>();
        List<Double> logChanges = new ArrayList<>();
        List<Double> logSteps = new ArrayList<>();
        for (int line = 0; line < on.length; line++) {
            for (int from = 0; from + Lattice.GROUP <= on[line].length; from += Lattice.GROUP) {
                double[] steps = grid.steps(on[line], from);
                double[] change = Arrays.copyOfRange(off[line], from, from + Lattice.GROUP);
                Rows.add(Arrays.copyOfRange(on[line], from, from + Lattice.GROUP), -1, change);
                double size = Rows.norm(change);
                double step = Rows.norm(steps);
                if (size > 0 && step > 0) {
                    logChanges.add(Math.log(size));
                    logSteps.add(Math.log(step));
                    addQuotients(change, steps, changes);
                }
            }
        }
        addProducts(centred(logChanges), centred(logSteps));
        double[] sorted = sorted(changes);
        if (sorted.length > 0) {
            middles.add(sorted[sorted.length / 2]);
            tails.add(sorted[(int) (TAIL * (sorted.length - 1))]);
        }
    }

    boolean isRounding() {
        double middle = Medians.of(middles.stream().mapToDouble(Double::doubleValue), 0);
        double tail = Medians.of(tails.stream().mapToDouble(Double::doubleValue), 0);
        boolean follows = product >= FOLLOWS * Math.sqrt(changeSquares * stepSquares) && product > 0;
        boolean fits = middle >= SMALLEST && tail <= LARGEST_TAIL && !grid.exactSteps();
        return middle <= LARGEST && (follows || fits);
    }

    private static void addQuotients(double[] change, double[] steps, List<Double> to) {
        for (int i = 0; i < steps.length; i++) {
            if (steps[i] > 0) {
                to.add(Math.abs(change[i]) / steps[i]);
            }
        }
    }

    private void addProducts(double[] changes, double[] steps) {
        product += Rows.dot(changes, steps);
        changeSquares += Rows.dot(changes, changes);
        stepSquares += Rows.dot(steps, steps);
    }

    private static double[] centred(List<Double> values) {
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        return values.stream().mapToDouble(value -> value - mean).toArray();
    }

    private static double[] sorted(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
