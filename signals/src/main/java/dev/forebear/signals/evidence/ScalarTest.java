package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Mlp;
import dev.forebear.signals.statistics.Chance;
import dev.forebear.signals.statistics.Relabellings;
import dev.forebear.signals.statistics.RowAgreement;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.statistics.SortedRanks;
import dev.forebear.signals.weights.Findings;
import dev.forebear.signals.weights.FoldedRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the neurons of one model rank like the neurons of the same number of the other, by scalars that no rotation
 * changes: up to {@value #NEURONS} neurons of every layer, first experts only.
 */
final class ScalarTest {

    private static final int NEURONS = 256;
    private static final String SIGNAL = "neuron-scalars";
    private static final String ASSUMPTION =
            "neurons of independently trained models are numbered in no common order, layer by layer";

    private ScalarTest() {}

    /** The best pair of layers, and layer by layer as deep as the shallower; empty for MLPs of different kinds. */
    static List<Evidence> evidence(Transformer a, Transformer b, Findings findings) throws IOException {
        int neurons = Math.min(fewestNeurons(a), fewestNeurons(b));
        if (a.gated() != b.gated() || neurons < 2) {
            return List.of();
        }
        List<double[][]> first = ranks(a, neurons, findings);
        List<double[][]> second = ranks(b, neurons, findings);
        return List.of(bestPair(first, second), sameLayers(first, second));
    }

    private static int fewestNeurons(Transformer transformer) {
        int fewest = NEURONS;
        for (Layer layer : transformer.layers()) {
            fewest = layer.mlps().isEmpty()
                    ? 0
                    : Math.min(fewest, layer.mlps().getFirst().up().rows());
        }
        return transformer.layers().isEmpty() ? 0 : fewest;
    }

    /** For every layer unit vectors of centred ranks (traits × neurons). */
    private static List<double[][]> ranks(Transformer transformer, int neurons, Findings findings) throws IOException {
        FoldedRows reader = new FoldedRows(transformer, findings);
        List<double[][]> all = new ArrayList<>();
        for (Layer layer : transformer.layers()) {
            Mlp mlp = layer.mlps().getFirst();
            double[][] traits = NeuronTraits.read(reader, layer, mlp, neurons);
            for (int i = 0; i < traits.length; i++) {
                traits[i] = SortedRanks.of(traits[i]);
                for (int j = 0; j < neurons; j++) {
                    traits[i][j] -= (neurons - 1) / 2.0;
                }
            }
            Rows.normalise(traits);
            all.add(traits);
        }
        return all;
    }

    private static Evidence bestPair(List<double[][]> first, List<double[][]> second) {
        double best = -1;
        int traits = first.getFirst().length;
        int neurons = first.getFirst()[0].length;
        for (double[][] a : first) {
            for (double[][] b : second) {
                for (int trait = 0; trait < traits; trait++) {
                    best = Math.max(best, Rows.dot(a[trait], b[trait]));
                }
            }
        }
        double deviation = 1 / Math.sqrt(neurons - 1.0);
        long tests = (long) first.size() * second.size() * traits;
        return new Evidence(
                SIGNAL,
                "rank correlation of the best pair of layers",
                best,
                0,
                deviation,
                Chance.log10AnyOf(tests, Chance.log10NormalTail(best / deviation)),
                0,
                ASSUMPTION);
    }

    private static Evidence sameLayers(List<double[][]> first, List<double[][]> second) {
        double[][] sum = new double[first.getFirst()[0].length][second.getFirst()[0].length];
        double excess = 0;
        double variance = 0;
        int traits = first.getFirst().length;
        int layers = Math.min(first.size(), second.size());
        for (int layer = 0; layer < layers; layer++) {
            double[][] similarity = similarity(first.get(layer), second.get(layer));
            RowAgreement agreement = RowAgreement.of(similarity);
            for (int i = 0; i < sum.length; i++) {
                Rows.add(similarity[i], 1, sum[i]);
            }
            excess += agreement.excess();
            variance += agreement.variance();
        }
        double scale = (double) layers * traits;
        return new Evidence(
                SIGNAL,
                "rank correlation layer by layer",
                excess / scale,
                0,
                Math.sqrt(variance) / scale,
                variance > 0 ? Chance.log10NormalTail(excess / Math.sqrt(variance)) : 0,
                Relabellings.log10Bound(sum),
                ASSUMPTION);
    }

    /** Products of the ranks of every two neurons, summed over the traits (neurons × neurons). */
    private static double[][] similarity(double[][] a, double[][] b) {
        double[][] similarity = new double[a[0].length][b[0].length];
        for (int trait = 0; trait < a.length; trait++) {
            for (int i = 0; i < similarity.length; i++) {
                Rows.add(b[trait], a[trait][i], similarity[i]);
            }
        }
        return similarity;
    }
}
