package dev.forebear.signals.evidence;

import dev.forebear.signals.statistics.Chance;
import dev.forebear.signals.statistics.Relabellings;
import dev.forebear.signals.statistics.RowAgreement;
import dev.forebear.signals.statistics.Rows;

/** Compares the neuron scalars of two models whose MLPs are of one kind. */
final class NeuronComparison {

    private static final String SIGNAL = "neuron-scalars";
    private static final String ASSUMPTION =
            "neurons of independently trained models are numbered in no common order, layer by layer";

    /** Standardised trend of the norms along the index from which on neurons count as sorted on purpose. */
    private static final double SORTED_FROM = 4;

    private NeuronComparison() {}

    static boolean comparable(NeuronScalars a, NeuronScalars b) {
        return a.neurons() == b.neurons();
    }

    /** Layer by layer, as deep as the shallower model. */
    static Evidence sameLayers(NeuronScalars a, NeuronScalars b) {
        double[][] sum = new double[a.neurons()][a.neurons()];
        double excess = 0;
        double variance = 0;
        double scale = 0;
        for (int layer = 0; layer < Math.min(a.layers(), b.layers()); layer++) {
            double[][] similarity = NeuronScalars.similarity(a, layer, b, layer);
            RowAgreement agreement = RowAgreement.of(similarity);
            for (int i = 0; i < sum.length; i++) {
                Rows.add(similarity[i], 1, sum[i]);
            }
            excess += agreement.excess();
            variance += agreement.variance();
            scale += scale(a, layer, b, layer);
        }
        double z = variance > 0 ? excess / Math.sqrt(variance) : 0;
        return new Evidence(
                SIGNAL,
                "rank correlation layer by layer",
                scale > 0 ? excess / scale : 0,
                0,
                scale > 0 ? Math.sqrt(variance) / scale : 0,
                Chance.log10NormalTail(z),
                Relabellings.log10Bound(sum),
                ASSUMPTION);
    }

    /** The best of all pairs of layers, for models whose layers were dropped, repeated or moved. */
    static Evidence bestPair(NeuronScalars a, NeuronScalars b) {
        double best = Double.NEGATIVE_INFINITY;
        double value = 0;
        double deviation = 0;
        for (int i = 0; i < a.layers(); i++) {
            for (int j = 0; j < b.layers(); j++) {
                RowAgreement agreement = RowAgreement.of(NeuronScalars.similarity(a, i, b, j));
                double scale = scale(a, i, b, j);
                if (agreement.z() > best && scale > 0) {
                    best = agreement.z();
                    value = agreement.excess() / scale;
                    deviation = Math.sqrt(agreement.variance()) / scale;
                }
            }
        }
        double log10PValue = Chance.log10AnyOf((long) a.layers() * b.layers(), Chance.log10NormalTail(best));
        return new Evidence(
                SIGNAL, "rank correlation of the best pair of layers", value, 0, deviation, log10PValue, 0, ASSUMPTION);
    }

    /** Whether both models have their neurons sorted by norm in the same direction: then equal order proves nothing. */
    static boolean bothSorted(NeuronScalars a, NeuronScalars b) {
        double first = trend(a);
        double second = trend(b);
        return Math.abs(first) >= SORTED_FROM && Math.abs(second) >= SORTED_FROM && first * second > 0;
    }

    /** Correlation of rank and index, summed over the layers and standardised. */
    private static double trend(NeuronScalars scalars) {
        double sum = 0;
        for (int layer = 0; layer < scalars.layers(); layer++) {
            for (int i = 0; i < scalars.neurons(); i++) {
                int index = 2 * i - scalars.neurons() + 1;
                sum += index * scalars.firstScalar()[layer * scalars.neurons() + i];
            }
        }
        double squares = perfect(scalars.neurons());
        return sum / squares * Math.sqrt((scalars.neurons() - 1.0) / scalars.layers());
    }

    /** The largest that the sum of products can be in one layer: of one scalar, or of two where both vary. */
    private static double scale(NeuronScalars a, int layerOfA, NeuronScalars b, int layerOfB) {
        boolean two =
                varies(a.secondScalar(), layerOfA, a.neurons()) && varies(b.secondScalar(), layerOfB, b.neurons());
        return (two ? 2 : 1) * perfect(a.neurons());
    }

    private static boolean varies(byte[] scalars, int layer, int neurons) {
        for (int i = 0; i < neurons; i++) {
            if (scalars[layer * neurons + i] != 0) {
                return true;
            }
        }
        return false;
    }

    private static double perfect(int neurons) {
        return neurons * ((double) neurons * neurons - 1) / 3;
    }
}
