package dev.forebear.signals.weights;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.WeightVector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The gains of the norms that act on the residual stream. */
public final class NormGains {

    private NormGains() {}

    /** Those that there are, in the order of the layers. */
    public static List<WeightVector> of(Transformer transformer) {
        List<WeightVector> gains = new ArrayList<>();
        for (Layer layer : transformer.layers()) {
            Stream.ofNullable(layer.attentionNormGain()).forEach(gains::add);
            Stream.ofNullable(layer.mlpNormGain()).forEach(gains::add);
        }
        Stream.ofNullable(transformer.finalNormGain()).forEach(gains::add);
        return gains;
    }
}
