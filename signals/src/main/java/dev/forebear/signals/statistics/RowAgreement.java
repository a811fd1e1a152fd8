package dev.forebear.signals.statistics;

/**
 * Whether unit i of one model is more like unit i of the other than chance explains, where the units of at least one of
 * the two could have been numbered in any order: the doubly centred similarities, their trace, its variance over all
 * relabellings, and the fixed points of the best match.
 *
 * @param units number of units m
 * @param excess trace minus its mean over all relabellings
 * @param variance variance of the trace over all relabellings (Hoeffding 1951)
 * @param otherVariance the same, if the diagonal were like all other similarities
 * @param meanSimilarity mean of the diagonal, before centring
 * @param fixedPoints units whose most similar counterpart, by absolute value, is the one of the same number
 */
public record RowAgreement(
        int units, double excess, double variance, double otherVariance, double meanSimilarity, int fixedPoints) {

    /** @param similarity m × m */
    public static RowAgreement of(double[][] similarity) {
        int units = similarity.length;
        double[][] centred = centred(similarity);
        double excess = 0;
        double squares = 0;
        double ownSquares = 0;
        double diagonal = 0;
        for (int i = 0; i < units; i++) {
            excess += centred[i][i];
            ownSquares += centred[i][i] * centred[i][i];
            diagonal += similarity[i][i];
            for (double value : centred[i]) {
                squares += value * value;
            }
        }
        return new RowAgreement(
                units,
                excess,
                squares / (units - 1),
                (squares - ownSquares) / (units - 1),
                diagonal / units,
                fixedPoints(similarity));
    }

    /** Standardised trace; 0 when the similarities are constant. */
    public double z() {
        return variance > 0 ? excess / Math.sqrt(variance) : 0;
    }

    /** Subtracts row and column means and adds the grand mean. */
    public static double[][] centred(double[][] similarity) {
        int units = similarity.length;
        double[] rows = new double[units];
        double[] columns = new double[units];
        double total = 0;
        for (int i = 0; i < units; i++) {
            for (int j = 0; j < units; j++) {
                rows[i] += similarity[i][j];
                columns[j] += similarity[i][j];
            }
            total += rows[i];
        }
        total /= (double) units * units;
        double[][] centred = new double[units][units];
        for (int j = 0; j < units; j++) {
            columns[j] = columns[j] / units - total;
        }
        for (int i = 0; i < units; i++) {
            double mean = rows[i] / units;
            for (int j = 0; j < units; j++) {
                centred[i][j] = similarity[i][j] - mean - columns[j];
            }
        }
        return centred;
    }

    private static int fixedPoints(double[][] similarity) {
        int fixed = 0;
        for (int i = 0; i < similarity.length; i++) {
            double own = Math.abs(similarity[i][i]);
            boolean largest = own > 0;
            for (int j = 0; j < similarity.length && largest; j++) {
                largest = j == i || Math.abs(similarity[i][j]) < own;
            }
            fixed += largest ? 1 : 0;
        }
        return fixed;
    }
}
