package dev.forebear.signals.evidence;

import dev.forebear.signals.ModelShape;
import dev.forebear.signals.statistics.Chance;
import org.jspecify.annotations.Nullable;

/**
 * The cheap part of a comparison, prepared once per model: cosines of the positional sketches against their expected
 * deviation, and the neuron scalars layer by layer. Never less generous than the full comparison by more than the
 * deviation it measures from the pair itself. Immutable.
 */
public final class EvidenceScreen {

    private static final int FAMILIES = 3;

    private final int hiddenSize;
    private final boolean gatedMlp;
    private final @Nullable PositionalSketch positional;
    private final @Nullable NeuronScalars neurons;
    private final double gateUpNorm;
    private final double valueNorm;
    private final int[] neuronProducts;

    public EvidenceScreen(ModelShape shape, EvidenceFeatures features) {
        hiddenSize = shape.hiddenSize();
        gatedMlp = shape.gatedMlp();
        positional = features.positional();
        neurons = features.neuronScalars();
        gateUpNorm = positional == null ? 0 : Math.sqrt(Quantised.dot(positional.gateUp(), positional.gateUp()));
        valueNorm = positional == null ? 0 : Math.sqrt(Quantised.dot(positional.value(), positional.value()));
        neuronProducts = neurons == null ? new int[0] : NeuronScreen.products(neurons);
    }

    /** log10 of the p-value of the strongest statistic, times the number of statistics; at most 0. */
    public double log10PValue(EvidenceScreen other) {
        double z = Math.max(positionalZ(other), neuronZ(other));
        return z <= 0 ? 0 : Chance.log10AnyOf(FAMILIES, Chance.log10NormalTail(z));
    }

    private double positionalZ(EvidenceScreen other) {
        PositionalSketch a = positional;
        PositionalSketch b = other.positional;
        if (a == null || b == null || hiddenSize != other.hiddenSize) {
            return 0;
        }
        double value = z(a.value(), valueNorm, a.valueEntries(), b.value(), other.valueNorm, b.valueEntries());
        return gatedMlp != other.gatedMlp
                ? value
                : Math.max(
                        value,
                        z(a.gateUp(), gateUpNorm, a.gateUpEntries(), b.gateUp(), other.gateUpNorm, b.gateUpEntries()));
    }

    private static double z(byte[] a, double normOfA, int entriesOfA, byte[] b, double normOfB, int entriesOfB) {
        int entries = Math.min(entriesOfA, entriesOfB);
        if (entries == 0) {
            return 0;
        }
        double cosine = Quantised.dot(a, b) / (normOfA * normOfB);
        return Chance.fisher(cosine) / PositionalComparison.expectedDeviation(entries);
    }

    private double neuronZ(EvidenceScreen other) {
        NeuronScalars a = neurons;
        NeuronScalars b = other.neurons;
        if (a == null || b == null || gatedMlp != other.gatedMlp || !NeuronComparison.comparable(a, b)) {
            return 0;
        }
        return NeuronScreen.z(a, neuronProducts, b, other.neuronProducts);
    }
}
