package dev.forebear.signals.weights;

import dev.forebear.signals.statistics.RandomPermutation;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Rows that are read of a large model: blocks within the first rows of a tensor, the same whatever the size of the
 * tensor, so that models of different widths have them in common.
 */
final class SampledPositions {

    private static final int WINDOW = 256;
    private static final int BLOCK = 16;
    private static final long SEED = 0x526F7773L;

    private SampledPositions() {}

    /** @param fromStart rows that may be exchanged only with their neighbours are taken from the first on */
    static int[] of(int rows, int count, boolean fromStart) {
        if (fromStart || rows < WINDOW) {
            return IntStream.range(0, Math.min(rows, count)).toArray();
        }
        return Arrays.stream(new RandomPermutation(WINDOW / BLOCK, SEED).next())
                .limit(count / BLOCK)
                .sorted()
                .flatMap(block -> IntStream.range(block * BLOCK, (block + 1) * BLOCK))
                .toArray();
    }
}
