package dev.forebear.signals.evidence;

/**
 * K3: two scalars of the same neurons in every layer that no rotation of the residual stream changes, as ranks: 2 ·
 * rank − neurons + 1, so that every layer sums to 0. Of a mixture of experts the first expert of every layer.
 *
 * @param neurons neurons per layer, at most {@value #NEURONS}
 * @param layers layers sampled from the first on, at most {@value #LAYERS}
 * @param firstScalar norm of the gate row (of the up row without a gate): layers × neurons int8
 * @param secondScalar absolute cosine of gate and up row (bias of up, with the norm's bias folded in, without a gate;
 *     zeros when there is none): layers × neurons int8
 */
public record NeuronScalars(int neurons, int layers, byte[] firstScalar, byte[] secondScalar) {

    /** Neurons sampled of every layer. */
    static final int NEURONS = 16;

    /** Layers sampled. */
    static final int LAYERS = 128;

    public NeuronScalars {
        if (neurons < 2 || neurons > NEURONS || layers < 1 || layers > LAYERS) {
            throw new IllegalArgumentException("neuron scalars: expected 2 to " + NEURONS + " neurons and 1 to "
                    + LAYERS + " layers, found " + neurons + " and " + layers);
        }
        if (firstScalar.length != neurons * layers || secondScalar.length != neurons * layers) {
            throw new IllegalArgumentException("neuron scalars: expected " + neurons * layers + " bytes each, found "
                    + firstScalar.length + " and " + secondScalar.length);
        }
    }
}
