package dev.forebear.signals.statistics;

import java.util.Arrays;

/** Ranks of values. */
public final class SortedRanks {

    private SortedRanks() {}

    /** Ranks from 0; equal values share the mean of theirs. */
    public static double[] of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] ranks = new double[values.length];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = (smaller(sorted, values[i], false) + smaller(sorted, values[i], true) - 1) / 2.0;
        }
        return ranks;
    }

    /** How many are smaller than a value, or smaller and equal. */
    private static int smaller(double[] sorted, double value, boolean orEqual) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || orEqual && sorted[middle] == value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
