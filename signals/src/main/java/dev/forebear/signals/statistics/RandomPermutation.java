package dev.forebear.signals.statistics;

/** Uniform permutations from a seed, the same on every machine. Not safe for use by several threads. */
public final class RandomPermutation {

    private final int[] order;
    private long state;

    public RandomPermutation(int size, long seed) {
        order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        state = seed;
    }

    /** The next permutation of 0 to size - 1; the array is reused. */
    public int[] next() {
        for (int i = order.length - 1; i > 0; i--) {
            int j = below(i + 1);
            int held = order[i];
            order[i] = order[j];
            order[j] = held;
        }
        return order;
    }

    // 32 bits times a bound below 2^16: the bias is below 2^-16 of a part, nothing against 10,000 draws.
    private int below(int bound) {
        state = StableHash.of(state);
        return (int) (((state >>> 32) * bound) >>> 32);
    }
}
