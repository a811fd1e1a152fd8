package dev.forebear.signals.evidence;

import java.util.Arrays;

/**
 * Neuron scalars ready to be compared: packed, every layer filled up to {@value NeuronScalars#NEURONS} neurons, with
 * the inner products of every layer's own scalars, of which the variance over all renumberings of the neurons is made.
 */
final class PreparedNeurons {

    private static final int INTS = NeuronScalars.NEURONS / 4;

    /** Halves of ranks without ties, added up without their signs: from 8 to 0 to 7. */
    private static final int MOST_HALVES = 64;

    private final int neurons;
    private final int layers;
    private final int[] first;
    private final int[] second;
    private final double[] firstSquares;
    private final double[] secondSquares;
    private final double[] products;
    private final double trend;
    private final boolean constant;
    private final NeuronLimits limits;

    PreparedNeurons(NeuronScalars scalars) {
        neurons = scalars.neurons();
        layers = scalars.layers();
        first = packed(scalars.firstScalar());
        second = packed(scalars.secondScalar());
        firstSquares = products(first, first);
        secondSquares = products(second, second);
        products = products(first, second);
        trend = trend(scalars.firstScalar());
        constant =
                Arrays.stream(firstSquares).sum() + Arrays.stream(secondSquares).sum() == 0;
        limits = limits(ScreenRows.CHUNK);
    }

    /** What bounds its agreement with others. */
    NeuronLimits limits() {
        return limits;
    }

    private int[] packed(byte[] scalar) {
        byte[] padded = new byte[layers * NeuronScalars.NEURONS];
        for (int layer = 0; layer < layers; layer++) {
            System.arraycopy(scalar, layer * neurons, padded, layer * NeuronScalars.NEURONS, neurons);
        }
        return PackedBytes.of(padded);
    }

    private double[] products(int[] a, int[] b) {
        double[] sums = new double[layers];
        for (int layer = 0; layer < layers; layer++) {
            sums[layer] = PackedBytes.dot(a, layer * INTS, b, layer * INTS, INTS);
        }
        return sums;
    }

    /** Correlation of rank and index, summed over the layers and standardised. */
    private double trend(byte[] ranks) {
        double sum = 0;
        for (int i = 0; i < ranks.length; i++) {
            sum += (2 * (i % neurons) - neurons + 1) * ranks[i];
        }
        double squares = neurons * ((double) neurons * neurons - 1) / 3;
        return sum / squares * Math.sqrt((neurons - 1.0) / layers);
    }

    int neurons() {
        return neurons;
    }

    int first(int layer, int neuron) {
        return PackedBytes.at(first, layer * NeuronScalars.NEURONS + neuron);
    }

    int second(int layer, int neuron) {
        return PackedBytes.at(second, layer * NeuronScalars.NEURONS + neuron);
    }

    /** @param chunk layers that are summed at once */
    private NeuronLimits limits(int chunk) {
        double squares = 0;
        int unlikeRanks = 0;
        double[] chunks = new double[(layers + chunk - 1) / chunk];
        for (int layer = 0; layer < layers; layer++) {
            squares += products[layer] * products[layer];
            unlikeRanks += unlikeRanks(first, layer) + unlikeRanks(second, layer);
            chunks[layer / chunk] += squaresOfHalves(first, layer) + squaresOfHalves(second, layer);
        }
        return new NeuronLimits(
                Arrays.stream(firstSquares).min().orElse(0),
                Arrays.stream(secondSquares).min().orElse(0),
                Math.sqrt(squares),
                unlikeRanks,
                Arrays.stream(chunks).max().orElse(0) <= PairedShorts.LARGEST);
    }

    private double squaresOfHalves(int[] scalar, int layer) {
        double sum = 0;
        for (int i = 0; i < neurons; i++) {
            int half = half(PackedBytes.at(scalar, layer * NeuronScalars.NEURONS + i));
            sum += half * half;
        }
        return sum;
    }

    /** The most by which halving changes an agreement of this layer more than that of ranks without ties. */
    private int unlikeRanks(int[] scalar, int layer) {
        int sum = 0;
        int odd = 0;
        int halves = 0;
        for (int i = 0; i < neurons; i++) {
            int value = PackedBytes.at(scalar, layer * NeuronScalars.NEURONS + i);
            sum += value;
            odd += value & 1;
            halves += Math.abs(half(value));
        }
        int lost = NeuronLimits.lostByHalving(neurons);
        if (sum == 0 && odd == lost && halves <= MOST_HALVES) {
            return 0;
        }
        return odd == 0 && halves == 0 ? lost : lost + 2 * halves + 2 * MOST_HALVES + NeuronScalars.NEURONS;
    }

    /** Half of a scalar, rounded down. */
    static int half(int scalar) {
        return scalar >> 1;
    }

    int layers() {
        return layers;
    }

    /** Standardised rank correlation of neuron number and norm over all layers. */
    double trend() {
        return trend;
    }

    /** Whether all neurons of every layer are alike, so that nothing can be said of their order. */
    boolean constant() {
        return constant;
    }

    /** Sum of the products of both scalars over the layers of this model and as many of a deeper one. */
    double excess(PreparedNeurons deeper, int shift) {
        int from = shift * INTS;
        return PackedBytes.dot(first, 0, deeper.first, from, layers * INTS)
                + (double) PackedBytes.dot(second, 0, deeper.second, from, layers * INTS);
    }

    /** Variance of the excess when the neurons of every layer are renumbered (ranks are centred). */
    double variance(PreparedNeurons deeper, int shift) {
        double sum = 0;
        for (int layer = 0; layer < layers; layer++) {
            sum += firstSquares[layer] * deeper.firstSquares[shift + layer]
                    + 2 * products[layer] * deeper.products[shift + layer]
                    + secondSquares[layer] * deeper.secondSquares[shift + layer];
        }
        return sum / (neurons - 1);
    }

    /** The most that one layer can contribute to the excess. */
    double largest(PreparedNeurons deeper, int shift) {
        double largest = 0;
        for (int layer = 0; layer < layers; layer++) {
            largest = Math.max(largest, limit(deeper, shift, layer));
        }
        return largest;
    }

    /** The most that the excess can be. */
    double scale(PreparedNeurons deeper, int shift) {
        double sum = 0;
        for (int layer = 0; layer < layers; layer++) {
            sum += limit(deeper, shift, layer);
        }
        return sum;
    }

    /** What every neuron has in common with every other, over the layers: neurons × neurons. */
    double[][] similarity(PreparedNeurons deeper, int shift) {
        double[][] similarity = new double[neurons][neurons];
        for (int layer = 0; layer < layers; layer++) {
            int at = layer * NeuronScalars.NEURONS;
            int of = (layer + shift) * NeuronScalars.NEURONS;
            for (int i = 0; i < neurons; i++) {
                add(PackedBytes.at(first, at + i), deeper.first, of, similarity[i]);
                add(PackedBytes.at(second, at + i), deeper.second, of, similarity[i]);
            }
        }
        return similarity;
    }

    private static void add(int factor, int[] scalar, int from, double[] to) {
        for (int j = 0; j < to.length; j++) {
            to[j] += factor * PackedBytes.at(scalar, from + j);
        }
    }

    private double limit(PreparedNeurons deeper, int shift, int layer) {
        return Math.sqrt(firstSquares[layer] * deeper.firstSquares[shift + layer])
                + Math.sqrt(secondSquares[layer] * deeper.secondSquares[shift + layer]);
    }
}
