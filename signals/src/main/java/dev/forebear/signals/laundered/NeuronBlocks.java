package dev.forebear.signals.laundered;

import dev.forebear.signals.statistics.RandomPermutation;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which neurons of an MLP are held against all of another: all of a small one, blocks at fixed random places of a large
 * one.
 *
 * @param firsts first neuron of every block, ascending
 * @param size neurons in a block
 */
record NeuronBlocks(int[] firsts, int size) {

    private static final int MOST = 256;
    private static final int BLOCK = 16;
    private static final long SEED = 0x4E6575726F6E73L;

    static NeuronBlocks of(int neurons) {
        if (neurons <= MOST) {
            return new NeuronBlocks(new int[] {0}, neurons);
        }
        int[] firsts = Arrays.stream(new RandomPermutation(neurons / BLOCK, SEED).next())
                .limit(MOST / BLOCK)
                .map(block -> block * BLOCK)
                .sorted()
                .toArray();
        return new NeuronBlocks(firsts, BLOCK);
    }

    int neurons() {
        return firsts.length * size;
    }

    /** Those rows of one for every neuron. */
    double[][] of(double[][] rows) {
        return Arrays.stream(firsts)
                .flatMap(first -> IntStream.range(first, first + size))
                .mapToObj(neuron -> rows[neuron])
                .toArray(double[][]::new);
    }
}
