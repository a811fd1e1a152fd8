package dev.forebear.signals.confirmation;

import dev.forebear.signals.statistics.RandomPermutation;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of every unit of two models at the positions that both have.
 *
 * @param first units of the first model
 * @param second units of the second model
 * @param neurons rows of gate and up that are compared, ascending; empty when the MLPs are of different kinds
 * @param sample indices of the neurons that every pair of layers is compared by
 * @param exchangeable rows of value, from 0 on, that share a head and so could have been numbered otherwise
 */
record CommonRows(List<RowsOfUnit> first, List<RowsOfUnit> second, int[] neurons, int[] sample, int exchangeable) {

    private static final int SAMPLE = 64;
    private static final int MOST_NEURONS = 256;
    private static final int BLOCK = 16;
    private static final long SEED = 0x526F7773L;

    /** @param columns null when residual dimensions go with those of the same number */
    static CommonRows of(ModelWeights a, ModelWeights b, @Nullable ColumnMap columns) throws IOException {
        int[] neurons = a.transformer().gated() == b.transformer().gated() ? commonNeurons(a, b) : new int[0];
        int sizeOfA = a.transformer().headSize();
        int sizeOfB = b.transformer().headSize();
        int values = Math.min(SAMPLE, Math.min(fewestValues(a), fewestValues(b)));
        int exchangeable = Math.min(values, Math.min(sizeOfA, sizeOfB));
        int compared = sizeOfA == sizeOfB ? values : exchangeable;
        boolean whole = a.whole() && b.whole();
        return new CommonRows(
                columns == null
                        ? RowsOfUnit.read(a, neurons, compared, whole)
                        : RowsOfUnit.read(a, neurons, compared, whole, columns::ofFirst),
                columns == null
                        ? RowsOfUnit.read(b, neurons, compared, whole)
                        : RowsOfUnit.read(b, neurons, compared, whole, columns::ofSecond),
                neurons,
                sample(neurons.length),
                exchangeable);
    }

    /** Without rows whose order means something. */
    CommonRows withoutNeurons() {
        return new CommonRows(
                first.stream().map(RowsOfUnit::withoutNeurons).toList(),
                second.stream().map(RowsOfUnit::withoutNeurons).toList(),
                new int[0],
                new int[0],
                exchangeable);
    }

    /** For every layer that both have, the index of its first unit in each. */
    List<int[]> sameLayers() {
        return IntStream.range(0, first.size())
                .filter(i -> i == 0 || first.get(i).layer() != first.get(i - 1).layer())
                .boxed()
                .flatMap(i -> IntStream.range(0, second.size())
                        .filter(j -> second.get(j).layer() == first.get(i).layer())
                        .limit(1)
                        .mapToObj(j -> new int[] {i, j}))
                .toList();
    }

    private static int[] commonNeurons(ModelWeights a, ModelWeights b) {
        List<int[]> positions = Stream.concat(positions(a), positions(b)).toList();
        int[] common = positions.isEmpty() ? new int[0] : positions.getFirst();
        for (int[] others : positions) {
            common = Arrays.stream(common)
                    .filter(at -> Arrays.binarySearch(others, at) >= 0)
                    .toArray();
        }
        return Arrays.copyOf(common, Math.min(common.length, MOST_NEURONS));
    }

    private static Stream<int[]> positions(ModelWeights model) {
        return model.units().stream().map(unit -> model.positions(unit, Projection.UP));
    }

    private static int[] sample(int neurons) {
        if (neurons <= SAMPLE) {
            return IntStream.range(0, neurons).toArray();
        }
        return Arrays.stream(new RandomPermutation(neurons / BLOCK, SEED).next())
                .limit(SAMPLE / BLOCK)
                .sorted()
                .flatMap(block -> IntStream.range(block * BLOCK, (block + 1) * BLOCK))
                .toArray();
    }

    private static int fewestValues(ModelWeights model) {
        return model.units().stream()
                .mapToInt(unit -> model.positions(unit, Projection.VALUE).length)
                .filter(rows -> rows > 0)
                .min()
                .orElse(0);
    }
}
