package dev.forebear.signals.evidence;

import java.util.List;

/**
 * An exact test: the units of independently trained models could have been numbered in any order, so the observed trace
 * is one of many equally likely ones. Relabels a fixed number of times with a fixed seed.
 */
final class Relabellings {

    /** Relabellings tried; the smallest bound is one in one more than this. */
    static final int TRIALS = 10_000;

    private static final long SEED = 0x466F726562656172L;

    private Relabellings() {}

    /**
     * log10 of (1 + relabellings that reach the observed sum of traces) / (1 + relabellings).
     *
     * @param similarities one m × m matrix per layer, all of one size; every layer is relabelled on its own
     */
    static double log10Bound(List<double[][]> similarities) {
        int units = similarities.getFirst().length;
        double[][] flat = similarities.stream().map(Relabellings::flat).toArray(double[][]::new);
        double observed = 0;
        double scale = 0;
        for (double[] layer : flat) {
            for (int i = 0; i < units; i++) {
                observed += layer[i * units + i];
                scale += Math.abs(layer[i * units + i]);
            }
        }
        return Math.log10((1.0 + reaching(flat, units, observed - 1e-12 * scale)) / (1.0 + TRIALS));
    }

    private static int reaching(double[][] flat, int units, double observed) {
        RandomPermutation permutation = new RandomPermutation(units, SEED);
        int reaching = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            double trace = 0;
            for (double[] layer : flat) {
                int[] order = permutation.next();
                for (int i = 0; i < units; i++) {
                    trace += layer[i * units + order[i]];
                }
            }
            reaching += trace >= observed ? 1 : 0;
        }
        return reaching;
    }

    private static double[] flat(double[][] matrix) {
        int units = matrix.length;
        double[] flat = new double[units * units];
        for (int i = 0; i < units; i++) {
            System.arraycopy(matrix[i], 0, flat, i * units, units);
        }
        return flat;
    }
}
