package dev.forebear.signals.relation;

import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Normalisation;
import dev.forebear.checkpoint.WeightVector;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The gains of the norms before attention and MLPs. Whoever rotates the residual stream has to fold them into the
 * projections first.
 *
 * @param constant whether all gains of every norm are equal; only asked of norms that subtract no mean
 * @param scatter standard deviation over mean magnitude, mean of all norms
 */
record Gains(boolean constant, double scatter) {

    private static final double EQUAL = 1e-6;

    static Gains of(ModelWeights model) throws IOException {
        List<Double> scatters = new ArrayList<>();
        boolean constant = model.transformer().normalisation() == Normalisation.RMS
                || model.transformer().normalisation() == Normalisation.RMS_UNIT_OFFSET;
        for (Layer layer : model.transformer().layers()) {
            for (WeightVector vector : vectors(layer)) {
                double[] gain = model.vector(vector);
                if (gain != null && gain.length > 0) {
                    scatters.add(scatter(gain));
                    constant &= Arrays.stream(gain).max().orElse(0)
                                    - Arrays.stream(gain).min().orElse(0)
                            < EQUAL;
                }
            }
        }
        return new Gains(
                constant && !scatters.isEmpty(),
                scatters.stream().mapToDouble(Double::doubleValue).average().orElse(0));
    }

    private static List<WeightVector> vectors(Layer layer) {
        List<WeightVector> vectors = new ArrayList<>();
        if (layer.attentionNormGain() != null) {
            vectors.add(layer.attentionNormGain());
        }
        if (layer.mlpNormGain() != null) {
            vectors.add(layer.mlpNormGain());
        }
        return vectors;
    }

    private static double scatter(double[] gain) {
        double mean = Arrays.stream(gain).average().orElse(0);
        double magnitude = Arrays.stream(gain).map(Math::abs).average().orElse(0);
        double variance = Arrays.stream(gain)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0);
        return magnitude > 0 ? Math.sqrt(variance) / magnitude : 0;
    }
}
