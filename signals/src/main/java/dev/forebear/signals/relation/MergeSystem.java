package dev.forebear.signals.relation;

import dev.forebear.signals.statistics.Rows;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * One block of a derived model as a linear combination of the same block of several relatives, with coefficients free
 * for this block. Everything is computed from inner products of differences to the derived block, which keep their
 * precision however close the relatives are.
 */
final class MergeSystem {

    private static final double FINEST = 1e-6;

    private final double[][] gram;
    private final double floor;

    private MergeSystem(double[][] gram, double floor) {
        this.gram = gram;
        this.floor = floor;
    }

    /**
     * The best combination of some relatives.
     *
     * @param coefficients one for every relative; they need not add up to 1
     * @param residual square of what is left
     */
    record Fit(double[] coefficients, double residual) {}

    /** @param candidates numbers of relatives that have the block */
    static MergeSystem of(MappedRows rows, int block, List<Integer> candidates) throws IOException {
        double[][] derived = rows.derived(block);
        int size = candidates.size() + 1;
        double[][] gram = new double[size][size];
        gram[0][0] = squares(derived);
        for (int i = 1; i < size; i++) {
            double[][] first = Objects.requireNonNull(rows.relative(candidates.get(i - 1), block));
            gram[0][i] = alongDerived(derived, first);
            gram[i][0] = gram[0][i];
            for (int j = 1; j <= i; j++) {
                double[][] second = Objects.requireNonNull(rows.relative(candidates.get(j - 1), block));
                gram[i][j] = differences(derived, first, second);
                gram[j][i] = gram[i][j];
            }
        }
        return new MergeSystem(gram, floor(derived));
    }

    int candidates() {
        return gram.length - 1;
    }

    /** Expected square of the rounding of the derived block to its own precision. */
    double floor() {
        return floor;
    }

    /** @param chosen places among the candidates, at least one */
    Fit fit(List<Integer> chosen) {
        int size = chosen.size();
        // Columns: the first relative itself, then differences of the others to it. Target: the derived block minus the
        // first relative. Each is a row of factors of (derived, differences to derived...).
        double[][] columns = new double[size][gram.length];
        double[] target = new double[gram.length];
        int first = chosen.getFirst() + 1;
        columns[0][0] = 1;
        columns[0][first] = 1;
        target[first] = -1;
        for (int i = 1; i < size; i++) {
            columns[i][chosen.get(i) + 1] = 1;
            columns[i][first] = -1;
        }
        double[][] products = new double[size][size];
        double[] onTarget = new double[size];
        for (int i = 0; i < size; i++) {
            onTarget[i] = product(columns[i], target);
            for (int j = 0; j <= i; j++) {
                products[i][j] = product(columns[i], columns[j]);
                products[j][i] = products[i][j];
            }
        }
        double[] factors = SymmetricSystem.solve(products, onTarget);
        double residual = product(target, target);
        double[] coefficients = factors.clone();
        coefficients[0] += 1;
        for (int i = 0; i < size; i++) {
            residual -= factors[i] * onTarget[i];
            coefficients[0] -= i > 0 ? factors[i] : 0;
        }
        return new Fit(coefficients, Math.max(0, residual));
    }

    /** Sum of the squared distances between the chosen relatives: how much the block says about their shares. */
    double spread(List<Integer> chosen) {
        double sum = 0;
        for (int i : chosen) {
            for (int j : chosen) {
                sum += (gram[i + 1][i + 1] - 2 * gram[i + 1][j + 1] + gram[j + 1][j + 1]) / 2;
            }
        }
        return sum;
    }

    private double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            if (a[i] != 0) {
                for (int j = 0; j < b.length; j++) {
                    sum += a[i] * gram[i][j] * b[j];
                }
            }
        }
        return sum;
    }

    private static double squares(double[][] derived) {
        double sum = 0;
        for (double[] row : derived) {
            sum += Rows.dot(row, row);
        }
        return sum;
    }

    private static double alongDerived(double[][] derived, double[][] other) {
        double sum = 0;
        for (int row = 0; row < derived.length; row++) {
            for (int i = 0; i < derived[row].length; i++) {
                sum += derived[row][i] * (other[row][i] - derived[row][i]);
            }
        }
        return sum;
    }

    private static double differences(double[][] derived, double[][] first, double[][] second) {
        double sum = 0;
        for (int row = 0; row < derived.length; row++) {
            for (int i = 0; i < derived[row].length; i++) {
                double value = derived[row][i];
                sum += (first[row][i] - value) * (second[row][i] - value);
            }
        }
        return sum;
    }

    // A finer grid than a millionth is beyond the precision of sums of squares.
    private static double floor(double[][] derived) {
        Rounding rounding = Rounding.of(derived);
        double sum = 0;
        for (double[] row : derived) {
            for (double value : row) {
                double spacing = Math.max(rounding.step(value), FINEST * Math.abs(value));
                sum += spacing * spacing / 12;
            }
        }
        return sum;
    }
}
