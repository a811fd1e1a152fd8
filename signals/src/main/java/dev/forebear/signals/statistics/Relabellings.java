package dev.forebear.signals.statistics;

/**
 * An exact test: the units of independently trained models could have been numbered in any order, so the observed trace
 * is one of many equally likely ones. Relabels a fixed number of times with a fixed seed. Where several layers are
 * summed all are relabelled alike, which is allowed because every layer could have been.
 */
public final class Relabellings {

    /** Relabellings tried; the smallest bound is one in one more than this. */
    public static final int TRIALS = 10_000;

    private static final long SEED = 0x466F726562656172L;

    private Relabellings() {}

    /**
     * log10 of (1 + relabellings whose trace reaches the observed one) / (1 + relabellings).
     *
     * @param similarity m × m
     */
    public static double log10Bound(double[][] similarity) {
        double observed = 0;
        double scale = 0;
        for (int i = 0; i < similarity.length; i++) {
            observed += similarity[i][i];
            scale += Math.abs(similarity[i][i]);
        }
        // Sums of the same numbers in another order differ in the last bits; they count as reached.
        double reached = observed - 1e-12 * scale;
        RandomPermutation permutation = new RandomPermutation(similarity.length, SEED);
        int reaching = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            int[] order = permutation.next();
            double trace = 0;
            for (int i = 0; i < order.length; i++) {
                trace += similarity[i][order[i]];
            }
            reaching += trace >= reached ? 1 : 0;
        }
        return Math.log10((1.0 + reaching) / (1.0 + TRIALS));
    }
}
