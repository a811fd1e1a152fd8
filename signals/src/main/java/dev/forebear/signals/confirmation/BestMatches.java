package dev.forebear.signals.confirmation;

import dev.forebear.signals.statistics.Chance;
import dev.forebear.signals.statistics.MatrixProduct;

/**
 * For every unit row of one model the most similar unit row of another, up to sign.
 *
 * @param counterpart index of the most similar row
 * @param sign 1, or -1 when it is negated
 * @param log10E log10 of the number of rows as similar that would be found among strangers whose cosines are normal
 *     with the scatter of all cosines seen
 */
record BestMatches(int[] counterpart, double[] sign, double[] log10E) {

    static BestMatches of(double[][] rows, double[][] others) {
        int[] counterpart = new int[rows.length];
        double[] best = new double[rows.length];
        double squares = 0;
        double[][] cosines = MatrixProduct.of(rows, MatrixProduct.transposed(others));
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < others.length; j++) {
                double cosine = cosines[i][j];
                squares += cosine * cosine;
                if (Math.abs(cosine) > Math.abs(best[i])) {
                    best[i] = cosine;
                    counterpart[i] = j;
                }
            }
        }
        double scatter = Math.sqrt(squares / rows.length / others.length);
        double[] sign = new double[rows.length];
        double[] log10E = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            sign[i] = best[i] < 0 ? -1 : 1;
            log10E[i] = best[i] == 0
                    ? 0
                    : Math.log10(2.0 * others.length) + Chance.log10NormalTail(Math.abs(best[i]) / scatter);
        }
        return new BestMatches(counterpart, sign, log10E);
    }
}
