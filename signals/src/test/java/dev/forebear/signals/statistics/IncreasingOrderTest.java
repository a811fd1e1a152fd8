package dev.forebear.signals.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IncreasingOrderTest {

    @Test
    void findsTheLongestIncreasingSubsequence() {
        assertThat(IncreasingOrder.longest(new int[] {3, 1, 4, 1, 5, 9, 2, 6})).isEqualTo(4);
        assertThat(IncreasingOrder.longest(new int[] {5, 4, 3})).isEqualTo(1);
        assertThat(IncreasingOrder.longest(new int[] {})).isZero();
    }

    @Test
    void equalCounterpartsDoNotIncrease() {
        assertThat(IncreasingOrder.longest(new int[] {7, 7, 7})).isEqualTo(1);
    }

    @Test
    void boundIsOneOverTheOrdersWhenAllIncrease() {
        assertThat(IncreasingOrder.log10Bound(5, 5)).isCloseTo(-Math.log10(120), within(1e-12));
        assertThat(IncreasingOrder.log10Bound(96, 96)).isCloseTo(-149.996, within(0.001));
    }

    @Test
    void boundHoldsForRandomOrders() {
        RandomPermutation permutation = new RandomPermutation(20, 1);
        int[] atLeast = new int[21];
        int trials = 20_000;
        for (int trial = 0; trial < trials; trial++) {
            for (int k = IncreasingOrder.longest(permutation.next()); k >= 0; k--) {
                atLeast[k]++;
            }
        }
        for (int k = 0; k <= 20; k++) {
            assertThat((double) atLeast[k] / trials)
                    .isLessThanOrEqualTo(Math.pow(10, IncreasingOrder.log10Bound(20, k)));
        }
    }
}
