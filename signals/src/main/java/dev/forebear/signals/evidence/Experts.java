package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Mlp;
import dev.forebear.signals.weights.SampledExperts;
import java.util.Arrays;
import java.util.List;

/** The MLPs of a layer that a fingerprint reads. */
final class Experts {

    static final int MOST = 8;

    private Experts() {}

    /** All, or so many experts spread over all of them. */
    static List<Mlp> of(Layer layer) {
        return Arrays.stream(SampledExperts.of(layer, MOST))
                .mapToObj(layer.mlps()::get)
                .toList();
    }
}
