package dev.forebear.signals.confirmation;

import dev.forebear.checkpoint.WeightVector;
import dev.forebear.signals.evidence.Evidence;
import dev.forebear.signals.statistics.Chance;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.statistics.SortedRanks;
import dev.forebear.signals.weights.Findings;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.NormGains;
import java.io.IOException;
import java.util.Optional;

/** Correlation of the summed ranks of all norm gains over the residual dimensions. It never decides. */
final class GainTest {

    private static final String SIGNAL = "norm-gains";

    private GainTest() {}

    /** Empty, with the reason, for different hidden sizes and where the gains of either model are constant. */
    static Optional<Evidence> evidence(ModelWeights a, ModelWeights b, Findings notComparable) throws IOException {
        int sizeOfA = a.transformer().hiddenSize();
        int sizeOfB = b.transformer().hiddenSize();
        if (sizeOfA != sizeOfB) {
            notComparable.add(SIGNAL + ": expected equal hidden sizes, found " + sizeOfA + " and " + sizeOfB);
            return Optional.empty();
        }
        double[] first = ranks(a);
        double[] second = ranks(b);
        if (Rows.isZero(first) || Rows.isZero(second)) {
            notComparable.add(SIGNAL + ": expected gains that vary, found constant ones");
            return Optional.empty();
        }
        double value = Rows.cosine(first, second);
        double deviation = 1 / Math.sqrt(first.length - 1.0);
        return Optional.of(new Evidence(
                SIGNAL,
                "correlation of the summed ranks of the norm gains",
                value,
                0,
                deviation,
                Chance.log10NormalTail(value / deviation),
                0,
                "residual dimensions of independently trained models are numbered in no common order"));
    }

    /** Centred sum of the ranks; zeros when all gains are constant. */
    private static double[] ranks(ModelWeights model) throws IOException {
        double[] sum = new double[model.transformer().hiddenSize()];
        for (WeightVector vector : NormGains.of(model.transformer())) {
            double[] values = model.vector(vector);
            if (values != null && values.length == sum.length) {
                double[] ranks = SortedRanks.of(values);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += ranks[i] - (sum.length - 1) / 2.0;
                }
            }
        }
        return sum;
    }
}
