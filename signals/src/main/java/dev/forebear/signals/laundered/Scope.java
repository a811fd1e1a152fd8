package dev.forebear.signals.laundered;

import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.ModelWeights.Unit;
import dev.forebear.signals.weights.Projection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is read of two models: everything of small ones; of large ones a single pair of units, query and key of both,
 * gate and up of the wider one, and, within {@value #MOST_BYTES} bytes, up and down of both, then value and output.
 * Neurons without a gate can only be matched by up and down, so there these come first.
 *
 * @param first units of the first model
 * @param second units of the second model
 * @param feedForward whether up and down of both are read
 * @param queryKey whether query and key are read
 * @param valueOutput whether value and output are read
 * @param bytes of whole tensors that are read of large models; 0 of small ones
 */
record Scope(
        List<Unit> first, List<Unit> second, boolean feedForward, boolean queryKey, boolean valueOutput, long bytes) {

    /** Of whole tensors of two large models together. */
    static final long MOST_BYTES = 400_000_000;

    private static final int EARLY = 2;

    /** @param likeliest the pair of units to read of large models; null when nothing speaks for any */
    static Scope of(ModelWeights a, ModelWeights b, @Nullable UnitPair likeliest) {
        if (a.whole() && b.whole() || a.units().isEmpty() || b.units().isEmpty()) {
            return new Scope(a.units(), b.units(), true, true, true, 0);
        }
        UnitPair pair = likeliest == null ? likeliest(a, b) : likeliest;
        Unit first = a.units().get(pair.first());
        Unit second = b.units().get(pair.second());
        return within(a, first, b, second);
    }

    private static Scope within(ModelWeights a, Unit first, ModelWeights b, Unit second) {
        ModelWeights wider = first.mlp().up().rows() > second.mlp().up().rows() ? a : b;
        Unit wide = wider == a ? first : second;
        long attention =
                bytes(a, first, Projection.QUERY, Projection.KEY) + bytes(b, second, Projection.QUERY, Projection.KEY);
        long matching = bytes(wider, wide, Projection.GATE, Projection.UP);
        long rest = bytes(a, first, Projection.UP, Projection.DOWN)
                + bytes(b, second, Projection.UP, Projection.DOWN)
                - bytes(wider, wide, Projection.UP);
        long values = bytes(a, first, Projection.VALUE, Projection.OUTPUT)
                + bytes(b, second, Projection.VALUE, Projection.OUTPUT);
        boolean ungated = wide.mlp().gate() == null;
        boolean feedForward = ungated || attention + matching + rest <= MOST_BYTES;
        boolean queryKey = !ungated || attention + matching + rest <= MOST_BYTES;
        long soFar = matching + (queryKey ? attention : 0) + (feedForward ? rest : 0);
        boolean valueOutput = soFar + values <= MOST_BYTES;
        return new Scope(
                List.of(first),
                List.of(second),
                feedForward,
                queryKey,
                valueOutput,
                soFar + (valueOutput ? values : 0));
    }

    /** The middle of models of one depth; otherwise early units, which most models cut in depth keep in place. */
    private static UnitPair likeliest(ModelWeights a, ModelWeights b) {
        int fewest = Math.min(a.units().size(), b.units().size());
        int unit = a.units().size() == b.units().size() ? fewest / 2 : Math.min(EARLY, fewest - 1);
        return new UnitPair(unit, unit);
    }

    private static long bytes(ModelWeights weights, Unit unit, Projection... projections) {
        return Stream.of(projections)
                .mapToLong(projection -> {
                    WeightMatrix matrix = weights.matrix(unit, projection);
                    return matrix == null
                            ? 0
                            : (long) matrix.rows()
                                    * matrix.columns()
                                    * matrix.dtype().bits()
                                    / Byte.SIZE;
                })
                .sum();
    }
}
