package dev.forebear.signals.evidence;

/**
 * What bounds the variance of an agreement of neurons from below.
 *
 * @param first least square sum of the first scalar over the layers
 * @param second the same of the second
 * @param product length of the vector of products of both, layer by layer
 * @param fits whether the sums of a chunk of layers stay within 16 bits
 */
record NeuronLimits(double first, double second, double product, boolean fits) {

    /** Of a model without neuron scalars. */
    static final NeuronLimits NONE = new NeuronLimits(0, 0, 0, false);

    /** What bounds both. */
    NeuronLimits widest(NeuronLimits other) {
        return new NeuronLimits(
                Math.min(first, other.first),
                Math.min(second, other.second),
                Math.max(product, other.product),
                fits && other.fits);
    }

    /**
     * The least excess that may be so many deviations large; everything may where the sums do not fit.
     *
     * @param other what bounds all that it is held against
     */
    int leastExcess(NeuronLimits other, int layers, int neurons, double z) {
        if (!fits || !other.fits) {
            return Integer.MIN_VALUE;
        }
        double variance =
                (layers * (first * other.first + second * other.second) - 2 * product * other.product) / (neurons - 1);
        return (int) Math.floor(z * Math.sqrt(Math.max(0, variance)) * (1 - 1e-9));
    }
}
