package dev.forebear.signals.laundered;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.signals.statistics.MatrixProduct;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.ModelWeights.Unit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aligns the residual streams of two models by their neurons alone, for models that were laundered and given new
 * embeddings, and tests the alignment on attention, which had no part in it. One pair of units at a time, the best of
 * all. Costs more than everything else together: meant for pairs where all else is silent and something speaks for
 * lineage.
 *
 * @param valueOutput cosine of the products of value and output after the alignment, best pair of units; NaN when not
 *     comparable
 * @param queryKey the same of query and key, of the same pair
 * @param why why not comparable; empty otherwise
 */
public record TokenFreeAlignment(double valueOutput, double queryKey, String why) {

    /** Of value and output products: five times what independent models reach. */
    public static final double LEAST = 0.2;

    /** Decoys have to be exceeded by this factor. */
    public static final double FACTOR = 4;

    private static final int LARGEST_HIDDEN_SIZE = 1_024;
    private static final int MOST_PAIRS = 36;
    private static final double PROMISING = 0.1;
    private static final double CLEAR = 0.5;

    /** @throws IOException if a storage could not be read */
    public static TokenFreeAlignment between(ModelWeights a, ModelWeights b) throws IOException {
        String why = obstacle(a, b);
        if (!why.isEmpty()) {
            return new TokenFreeAlignment(Double.NaN, Double.NaN, why);
        }
        TokenFreeAlignment best = null;
        for (UnitPair pair : nearestDepthFirst(a.units(), b.units())) {
            TokenFreeAlignment found =
                    between(a, a.units().get(pair.first()), b, b.units().get(pair.second()));
            if (found != null && (best == null || found.valueOutput > best.valueOutput)) {
                best = found;
            }
            if (best != null && best.valueOutput >= CLEAR) {
                return best;
            }
        }
        return best != null
                ? best
                : new TokenFreeAlignment(
                        Double.NaN, Double.NaN, "expected value and output weights of whole heads, found none");
    }

    private static String obstacle(ModelWeights a, ModelWeights b) {
        int width = a.transformer().hiddenSize();
        if (width != b.transformer().hiddenSize()) {
            return "expected equal hidden sizes, found " + width + " and "
                    + b.transformer().hiddenSize();
        }
        if (a.transformer().gated() != b.transformer().gated()) {
            return "expected MLPs of one kind, found one with a gate and one without";
        }
        return width > LARGEST_HIDDEN_SIZE
                ? "expected a hidden size of at most " + LARGEST_HIDDEN_SIZE + ", found " + width
                : "";
    }

    private static @Nullable TokenFreeAlignment between(ModelWeights a, Unit first, ModelWeights b, Unit second)
            throws IOException {
        double[][] valueOfA = valueOutput(a, first);
        double[][] valueOfB = valueOutput(b, second);
        NeuronShapes shapesOfA = NeuronShapes.of(a, first);
        NeuronShapes shapesOfB = NeuronShapes.of(b, second);
        if (valueOfA == null || valueOfB == null || shapesOfA.isEmpty() || shapesOfB.isEmpty()) {
            return null;
        }
        double[][] rotation = new NeuronRegistration(shapesOfA, shapesOfB)
                .rotation(sofar -> UnitFunctions.cosine(turned(valueOfA, sofar), valueOfB) >= PROMISING);
        double value = UnitFunctions.cosine(turned(valueOfA, rotation), valueOfB);
        double query = UnitFunctions.cosine(turned(queryKey(a, first), rotation), queryKey(b, second));
        return Double.isNaN(value) ? null : new TokenFreeAlignment(value, query, "");
    }

    private static double @Nullable [][] valueOutput(ModelWeights weights, Unit unit) throws IOException {
        return UnitFunctions.valueOutput(new ResidualRows(weights), weights.transformer(), unit);
    }

    private static double @Nullable [][] queryKey(ModelWeights weights, Unit unit) throws IOException {
        Transformer transformer = weights.transformer();
        return UnitFunctions.queryKey(new ResidualRows(weights), transformer, unit);
    }

    private static double @Nullable [][] turned(double @Nullable [][] product, double[][] rotation) {
        return product == null ? null : MatrixProduct.ofTransposed(rotation, MatrixProduct.of(product, rotation));
    }

    private static List<UnitPair> nearestDepthFirst(List<Unit> first, List<Unit> second) {
        List<UnitPair> pairs = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            for (int j = 0; j < second.size(); j++) {
                pairs.add(new UnitPair(i, j));
            }
        }
        pairs.sort(Comparator.comparingDouble(
                pair -> Math.abs((pair.first() + 0.5) / first.size() - (pair.second() + 0.5) / second.size())));
        return pairs.subList(0, Math.min(MOST_PAIRS, pairs.size()));
    }
}
