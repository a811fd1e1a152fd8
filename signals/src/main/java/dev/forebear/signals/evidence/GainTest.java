package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.WeightVector;
import dev.forebear.signals.statistics.Chance;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.statistics.SortedRanks;
import dev.forebear.signals.weights.Findings;
import dev.forebear.signals.weights.FoldedRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Correlation of the summed ranks of all norm gains over the residual dimensions. It never decides. */
final class GainTest {

    private GainTest() {}

    /** Empty for different hidden sizes and where the gains of either model are constant. */
    static Optional<Evidence> evidence(Transformer a, Transformer b, Findings findings) throws IOException {
        if (a.hiddenSize() != b.hiddenSize()) {
            return Optional.empty();
        }
        double[] first = ranks(a, findings);
        double[] second = ranks(b, findings);
        if (Rows.isZero(first) || Rows.isZero(second)) {
            return Optional.empty();
        }
        double value = Rows.cosine(first, second);
        double deviation = 1 / Math.sqrt(first.length - 1.0);
        return Optional.of(new Evidence(
                "norm-gains",
                "correlation of the summed ranks of the norm gains",
                value,
                0,
                deviation,
                Chance.log10NormalTail(value / deviation),
                0,
                "residual dimensions of independently trained models are numbered in no common order"));
    }

    /** Gains of all norms, in the order of the layers. */
    static List<WeightVector> vectors(Transformer transformer) {
        List<WeightVector> vectors = new ArrayList<>();
        for (Layer layer : transformer.layers()) {
            Stream.ofNullable(layer.attentionNormGain()).forEach(vectors::add);
            Stream.ofNullable(layer.mlpNormGain()).forEach(vectors::add);
        }
        Stream.ofNullable(transformer.finalNormGain()).forEach(vectors::add);
        return vectors;
    }

    /** Centred sum of the ranks; zeros when all gains are constant. */
    private static double[] ranks(Transformer transformer, Findings findings) throws IOException {
        FoldedRows reader = new FoldedRows(transformer, findings);
        double[] sum = new double[transformer.hiddenSize()];
        for (WeightVector vector : vectors(transformer)) {
            double[] ranks = SortedRanks.of(reader.values(vector));
            double mean = (ranks.length - 1) / 2.0;
            for (int i = 0; i < sum.length && ranks.length == sum.length; i++) {
                sum[i] += ranks[i] - mean;
            }
        }
        return sum;
    }
}
