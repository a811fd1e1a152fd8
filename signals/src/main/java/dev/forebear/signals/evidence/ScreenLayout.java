package dev.forebear.signals.evidence;

/**
 * What a model has that can be screened. Models of one layout lie side by side; two layouts say what of their models
 * can be held against each other.
 *
 * @param neurons neurons per layer, 0 without neuron scalars
 * @param layers layers of neuron scalars
 * @param width side of the projected matrices, 0 without functionals
 */
public record ScreenLayout(
        int hiddenSize,
        boolean gatedMlp,
        boolean positional,
        int neurons,
        int layers,
        int width,
        boolean queryKey,
        boolean feedForward,
        boolean geometry) {

    /** The layout of a model. */
    public static ScreenLayout of(PreparedEvidence model) {
        PreparedNeurons neurons = model.neurons();
        PreparedFunctionals functionals = model.functionals();
        return new ScreenLayout(
                model.hiddenSize(),
                model.gatedMlp(),
                model.positional() != null,
                neurons == null ? 0 : neurons.neurons(),
                neurons == null ? 0 : neurons.layers(),
                functionals == null ? 0 : functionals.width(),
                functionals != null && functionals.hasQueryKey(),
                functionals != null && functionals.hasFeedForward(),
                functionals != null && functionals.hasGeometry());
    }

    boolean sharesValueRows(ScreenLayout other) {
        return positional && other.positional && hiddenSize == other.hiddenSize;
    }

    boolean sharesGateUpRows(ScreenLayout other) {
        return sharesValueRows(other) && gatedMlp == other.gatedMlp;
    }

    /** Layers of which the neurons can be compared. */
    int sharedLayers(ScreenLayout other) {
        return gatedMlp == other.gatedMlp && neurons == other.neurons ? Math.min(layers, other.layers) : 0;
    }

    boolean sharesWidth(ScreenLayout other) {
        return width > 0 && width == other.width;
    }
}
