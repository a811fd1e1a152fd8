package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Mlp;
import java.util.List;

/** The MLPs of a layer that a fingerprint reads. */
final class Experts {

    static final int MOST = 8;

    private Experts() {}

    /** All, or the first experts. */
    static List<Mlp> of(Layer layer) {
        return layer.mlps().subList(0, Math.min(MOST, layer.mlps().size()));
    }
}
