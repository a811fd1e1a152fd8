package dev.forebear.signals.statistics;

import java.util.Arrays;

/**
 * How much of an order survived: the longest increasing subsequence of a matching. An exact test of whether units of a
 * narrower model were taken in order from a wider one, whatever rule matched them.
 */
public final class IncreasingOrder {

    private IncreasingOrder() {}

    /** Length of the longest strictly increasing subsequence. */
    public static int longest(int[] matched) {
        int[] smallestEnd = new int[matched.length];
        int length = 0;
        for (int value : matched) {
            int at = Arrays.binarySearch(smallestEnd, 0, length, value);
            int slot = at >= 0 ? at : -at - 1;
            smallestEnd[slot] = value;
            length = Math.max(length, slot + 1);
        }
        return length;
    }

    /**
     * log10 of a bound on the chance that so many of the units match in increasing order, when either side could have
     * been numbered in any order: the number of ways to choose them, over the number of ways to order them.
     */
    public static double log10Bound(int units, int increasing) {
        double log = 0;
        for (int i = 1; i <= increasing; i++) {
            log += Math.log10((units - increasing + i) / ((double) i * i));
        }
        return Math.clamp(log, Chance.FLOOR, 0);
    }
}
