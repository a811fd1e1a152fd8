package dev.forebear.signals.evidence;

/**
 * What bounds the variance of an agreement of neurons from below.
 *
 * @param first least square sum of the first scalar over the layers
 * @param second the same of the second
 * @param product length of the vector of products of both, layer by layer
 * @param unlikeRanks the most by which halving may change an agreement because scalars are not ranks without ties
 * @param fits whether the sums of a chunk of layers stay within 16 bits
 */
record NeuronLimits(double first, double second, double product, int unlikeRanks, boolean fits) {

    /** Of a model without neuron scalars. */
    static final NeuronLimits NONE = new NeuronLimits(0, 0, 0, 0, false);

    /** What bounds both. */
    NeuronLimits widest(NeuronLimits other) {
        return new NeuronLimits(
                Math.min(first, other.first),
                Math.min(second, other.second),
                Math.max(product, other.product),
                Math.max(unlikeRanks, other.unlikeRanks),
                fits && other.fits);
    }

    /**
     * The least sum of products of halved scalars at which the excess may be so many deviations large; everything may
     * where the sums do not fit. Of halves a, b of odd scalars 2a + 1, 2b + 1 that sum to 0 over n neurons each,
     *
     * <pre>
     * sum of (2a + 1) (2b + 1)  =  4 (sum of a b) - n
     * </pre>
     *
     * @param other what bounds all that it is held against
     */
    int leastOfHalves(NeuronLimits other, int layers, int neurons, double z) {
        if (!fits || !other.fits) {
            return Integer.MIN_VALUE;
        }
        double variance =
                (layers * (first * other.first + second * other.second) - 2 * product * other.product) / (neurons - 1);
        double excess = Math.floor(z * Math.sqrt(Math.max(0, variance)) * (1 - 1e-9));
        double halved = 2.0 * layers * lostByHalving(neurons);
        return (int) Math.floor((excess + halved - unlikeRanks - other.unlikeRanks) / 4);
    }

    /** What halving takes from the agreement of one scalar of a layer; ranks of an odd number of neurons are even. */
    static int lostByHalving(int neurons) {
        return neurons % 2 == 0 ? neurons : 0;
    }
}
