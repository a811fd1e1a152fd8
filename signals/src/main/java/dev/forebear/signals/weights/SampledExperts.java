package dev.forebear.signals.weights;

import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Mlp;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which experts of a block are read: spread evenly over all of them, and so that fewer are among more, whatever the
 * number. Any two models of as many experts have some in common.
 */
public final class SampledExperts {

    private SampledExperts() {}

    /** Positions among the MLPs of a block, ascending; one where any row of an expert costs all of it. */
    public static int[] of(Layer layer, int most) {
        List<Mlp> mlps = layer.mlps();
        boolean apart = mlps.size() > 1 && mlps.getFirst().up().rowsAreApart();
        return of(mlps.size(), apart ? 1 : most);
    }

    static int[] of(int experts, int most) {
        if (experts <= most) {
            return IntStream.range(0, experts).toArray();
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(experts - 1);
        int[] chosen = IntStream.range(0, 1 << bits)
                .map(number -> Integer.reverse(number) >>> (Integer.SIZE - bits))
                .filter(expert -> expert < experts)
                .limit(most)
                .toArray();
        Arrays.sort(chosen);
        return chosen;
    }
}
