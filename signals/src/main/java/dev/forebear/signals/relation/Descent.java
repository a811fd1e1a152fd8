package dev.forebear.signals.relation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The line from the earliest known relative to the derived model. A relative S lies on it after P when the whole of the
 * way from P to S was also gone by the derived model C: β = ⟨C - P, S - P⟩ / ‖S - P‖² is then 1, because what happened
 * between S and C has nothing to do with it. A sibling went its own way, whatever the distance, and the nearest
 * relative is often a sibling. Weights of exactly 0 were pruned and say nothing.
 *
 * @param ancestors numbers of the relatives on the line, the earliest first, the parent last
 * @param beta of the parent; NaN when it is the earliest
 */
record Descent(List<Integer> ancestors, double beta) {

    private static final double TOLERANCE = 0.05;

    private static final double LARGEST_TOLERANCE = 0.4;
    private static final double DEVIATIONS = 2.5;

    /** Standard errors that β must be away from 0. */
    private static final double FEWEST_DEVIATIONS = 4;

    Descent {
        ancestors = List.copyOf(ancestors);
    }

    /** @param candidates numbers of relatives in the order of their upload; the first one is the start */
    static Descent of(CommonRows rows, List<Integer> candidates) throws IOException {
        List<Integer> line = new ArrayList<>();
        double beta = Double.NaN;
        line.add(candidates.getFirst());
        for (int candidate : candidates.subList(1, candidates.size())) {
            Progress progress = Progress.of(rows, line.getLast(), candidate);
            if (progress.complete() || progress.mayBeComplete() && onOneGrid(rows, line.getLast(), candidate)) {
                line.add(candidate);
                beta = progress.beta();
            }
        }
        return new Descent(line, beta);
    }

    /** Whether one of two relatives lies on a coarse grid and the other does not: the way between them is rounding. */
    private static boolean onOneGrid(CommonRows rows, int first, int second) throws IOException {
        return onGrid(rows, first) != onGrid(rows, second);
    }

    private static boolean onGrid(CommonRows rows, int relative) throws IOException {
        List<Lattice> lattices = new ArrayList<>();
        for (int block = 0; block < rows.blocks(); block++) {
            double[][] found = rows.relative(relative, block);
            if (found != null) {
                lattices.add(Lattice.of(found));
            }
        }
        return Lattice.middle(lattices).coarse();
    }

    /**
     * How much of the way from one relative to another the derived model went.
     *
     * @param beta 1 for all of it; 0 when there is none
     * @param deviation standard error of beta, from how much blocks differ
     */
    record Progress(double beta, double deviation) {

        static Progress of(CommonRows rows, int from, int to) throws IOException {
            double[] shared = new double[rows.blocks()];
            double[] length = new double[rows.blocks()];
            for (int block = 0; block < rows.blocks(); block++) {
                double[][] start = rows.relative(from, block);
                double[][] end = rows.relative(to, block);
                if (start == null || end == null) {
                    continue;
                }
                double[][] derived = rows.derived(block);
                for (int row = 0; row < derived.length; row++) {
                    if (start[row].length == derived[row].length && end[row].length == derived[row].length) {
                        for (int i = 0; i < derived[row].length; i++) {
                            if (derived[row][i] == 0) {
                                continue;
                            }
                            double way = end[row][i] - start[row][i];
                            shared[block] += way * (derived[row][i] - start[row][i]);
                            length[block] += way * way;
                        }
                    }
                }
            }
            return of(shared, length);
        }

        private static Progress of(double[] shared, double[] length) {
            double sharedTotal = 0;
            double total = 0;
            for (int block = 0; block < length.length; block++) {
                sharedTotal += shared[block];
                total += length[block];
            }
            if (total == 0) {
                return new Progress(0, 0);
            }
            double beta = sharedTotal / total;
            double squares = 0;
            for (int block = 0; block < length.length; block++) {
                double residual = (shared[block] - beta * length[block]) / total;
                squares += residual * residual;
            }
            return new Progress(beta, Math.sqrt(squares));
        }

        /** Rounding is a short way in no direction of training: β is then 0 or 1, and blurred by what came after. */
        boolean mayBeComplete() {
            double tolerance = Math.min(LARGEST_TOLERANCE, DEVIATIONS * deviation);
            return Math.abs(beta - 1) <= tolerance && beta >= FEWEST_DEVIATIONS * deviation;
        }

        boolean complete() {
            return Math.abs(beta - 1) <= TOLERANCE && beta >= FEWEST_DEVIATIONS * deviation;
        }
    }
}
