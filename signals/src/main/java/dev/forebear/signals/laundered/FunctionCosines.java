package dev.forebear.signals.laundered;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Cosines of what the units of two models do to shared tokens, NaN where it cannot be said.
 *
 * @param feedForward units of the first × units of the second
 * @param queryKey of the same shape
 * @param valueOutput of the same shape
 */
record FunctionCosines(double[][] feedForward, double[][] queryKey, double[][] valueOutput) {

    static FunctionCosines of(List<UnitFunctions> a, List<UnitFunctions> b) {
        return new FunctionCosines(
                cosines(a, b, UnitFunctions::feedForward),
                cosines(a, b, UnitFunctions::queryKey),
                cosines(a, b, UnitFunctions::valueOutput));
    }

    private static double[][] cosines(
            List<UnitFunctions> a, List<UnitFunctions> b, Function<UnitFunctions, double @Nullable [][]> kind) {
        double[][] cosines = new double[a.size()][b.size()];
        for (int i = 0; i < cosines.length; i++) {
            for (int j = 0; j < cosines[i].length; j++) {
                cosines[i][j] = UnitFunctions.cosine(kind.apply(a.get(i)), kind.apply(b.get(j)));
            }
        }
        return cosines;
    }

    /** NaN when there is none. */
    static double largest(double[][] cosines) {
        return Arrays.stream(cosines)
                .flatMapToDouble(Arrays::stream)
                .filter(cosine -> !Double.isNaN(cosine))
                .max()
                .orElse(Double.NaN);
    }

    /** Mean of attention logits and MLP of every pair of units, of one where the other is missing, 0 without both. */
    double[][] shared() {
        double[][] shared = new double[queryKey.length][];
        for (int i = 0; i < shared.length; i++) {
            shared[i] = new double[queryKey[i].length];
            for (int j = 0; j < shared[i].length; j++) {
                shared[i][j] = DoubleStream.of(queryKey[i][j], feedForward[i][j])
                        .filter(cosine -> !Double.isNaN(cosine))
                        .average()
                        .orElse(0);
            }
        }
        return shared;
    }

    /** All pairs of units, those that do the most alike first. */
    List<UnitPair> mostAlikeFirst() {
        double[][] shared = shared();
        List<UnitPair> pairs = new ArrayList<>();
        for (int i = 0; i < shared.length; i++) {
            for (int j = 0; j < shared[i].length; j++) {
                pairs.add(new UnitPair(i, j));
            }
        }
        pairs.sort(Comparator.comparingDouble((UnitPair pair) -> shared[pair.first()][pair.second()])
                .reversed());
        return pairs;
    }
}
