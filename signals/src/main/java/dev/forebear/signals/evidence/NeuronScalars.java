package dev.forebear.signals.evidence;

/**
 * K3: scalars of the same neurons in every layer that no rotation of the residual stream changes, as ranks.
 *
 * @param neurons neurons per layer
 * @param layers layers sampled, at most 128
 * @param firstScalar log norm of the gate row (of the up row without a gate): layers × neurons int8
 * @param secondScalar absolute cosine of gate and up row (cosine of up row and down column without a gate): layers ×
 *     neurons int8
 */
public record NeuronScalars(int neurons, int layers, byte[] firstScalar, byte[] secondScalar) {}
