package dev.forebear.signals.relation;

/** A small system of normal equations. */
final class SymmetricSystem {

    private static final double DEPENDENT = 1e-9;

    private SymmetricSystem() {}

    /**
     * Least squares by Cholesky's method; a column that depends on those before it gets 0.
     *
     * @param products inner products of the columns (n × n)
     * @param target inner products of the columns with the target
     */
    static double[] solve(double[][] products, double[] target) {
        int size = target.length;
        double[][] lower = new double[size][size];
        boolean[] used = new boolean[size];
        for (int j = 0; j < size; j++) {
            double pivot = products[j][j];
            for (int k = 0; k < j; k++) {
                pivot -= lower[j][k] * lower[j][k];
            }
            used[j] = pivot > DEPENDENT * products[j][j];
            for (int i = j; i < size && used[j]; i++) {
                double sum = products[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                lower[i][j] = sum / Math.sqrt(pivot);
            }
        }
        return back(lower, used, forth(lower, used, target));
    }

    private static double[] forth(double[][] lower, boolean[] used, double[] target) {
        double[] solved = new double[target.length];
        for (int i = 0; i < solved.length; i++) {
            double sum = target[i];
            for (int k = 0; k < i; k++) {
                sum -= lower[i][k] * solved[k];
            }
            solved[i] = used[i] ? sum / lower[i][i] : 0;
        }
        return solved;
    }

    private static double[] back(double[][] lower, boolean[] used, double[] target) {
        double[] solved = new double[target.length];
        for (int i = solved.length - 1; i >= 0; i--) {
            double sum = target[i];
            for (int k = i + 1; k < solved.length; k++) {
                sum -= lower[k][i] * solved[k];
            }
            solved[i] = used[i] ? sum / lower[i][i] : 0;
        }
        return solved;
    }
}
