package dev.forebear.signals.evidence;

import dev.forebear.signals.ModelShape;
import dev.forebear.signals.statistics.Chance;
import org.jspecify.annotations.Nullable;

/** The evidence features of one model, decoded once so that it can be compared with many. Immutable. */
public final class PreparedEvidence {

    private static final int FAMILIES = 3;

    /** Beyond it no p-value is told from another. */
    private static final double LARGEST_Z = 40;

    private static final double Z_PRECISION = 1e-3;

    private final int hiddenSize;
    private final boolean gatedMlp;
    private final @Nullable PreparedSketch positional;
    private final @Nullable PreparedNeurons neurons;
    private final @Nullable PreparedFunctionals functionals;

    public PreparedEvidence(ModelShape shape, EvidenceFeatures features) {
        hiddenSize = shape.hiddenSize();
        gatedMlp = shape.gatedMlp();
        positional = features.positional() == null ? null : new PreparedSketch(features.positional());
        neurons = features.neuronScalars() == null ? null : new PreparedNeurons(features.neuronScalars());
        functionals = features.functionals() == null ? null : new PreparedFunctionals(features.functionals());
    }

    int hiddenSize() {
        return hiddenSize;
    }

    boolean gatedMlp() {
        return gatedMlp;
    }

    @Nullable
    PreparedSketch positional() {
        return positional;
    }

    @Nullable
    PreparedNeurons neurons() {
        return neurons;
    }

    @Nullable
    PreparedFunctionals functionals() {
        return functionals;
    }

    /**
     * log10 of the p-value of the strongest statistic that is cheap, times the number of statistics; at most 0. Cosines
     * of the positional sketches against their expected deviation, and the neuron scalars layer by layer. Never less
     * generous than the full comparison by more than the deviation that measures from the pair itself, and the shifts
     * it tries.
     */
    public double log10Screen(PreparedEvidence other) {
        double z = screenZ(other, EvidenceScreen.SCREENED);
        return z <= 0 ? 0 : Chance.log10AnyOf(FAMILIES, Chance.log10NormalTail(z));
    }

    /**
     * Whether the screen lets the pair through, where not all statistics need be looked at, because the others are
     * known to be small.
     *
     * @param parts those to look at, of {@link EvidenceScreen#SCREENED}
     * @param smallestZ of the largest screen that passes
     */
    boolean passes(PreparedEvidence other, int parts, double smallestZ, double largestScreen) {
        double z = screenZ(other, parts);
        return z >= smallestZ && Chance.log10AnyOf(FAMILIES, Chance.log10NormalTail(z)) <= largestScreen;
    }

    /** The strongest of these statistics, in its standard deviations; not below 0. */
    private double screenZ(PreparedEvidence other, int parts) {
        double positions = Math.max(0, positionalZ(other, parts));
        return (parts & EvidenceScreen.NEURONS) == 0 ? positions : Math.max(positions, neuronZ(other));
    }

    /** The least statistic whose screen comes down to a value, and a little less. */
    static double smallestZ(double log10Screen) {
        double low = 0;
        double high = LARGEST_Z;
        while (high - low > Z_PRECISION) {
            double middle = (low + high) / 2;
            if (Chance.log10AnyOf(FAMILIES, Chance.log10NormalTail(middle)) <= log10Screen) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low - Z_PRECISION;
    }

    private double positionalZ(PreparedEvidence other, int parts) {
        PreparedSketch a = positional;
        PreparedSketch b = other.positional;
        if (a == null || b == null || hiddenSize != other.hiddenSize) {
            return 0;
        }
        boolean gateUp = (parts & EvidenceScreen.GATE_UP) != 0 && gatedMlp == other.gatedMlp;
        boolean value = (parts & EvidenceScreen.VALUE) != 0;
        return Math.max(gateUp ? a.gateUp().z(b.gateUp()) : 0, value ? a.value().z(b.value()) : 0);
    }

    private double neuronZ(PreparedEvidence other) {
        PreparedNeurons a = neurons;
        PreparedNeurons b = other.neurons;
        return a == null || b == null || gatedMlp != other.gatedMlp || a.neurons() != b.neurons()
                ? 0
                : NeuronComparison.z(a, b);
    }

    /** Whether signs rule out neither that functions are alike nor that embeddings lie alike. */
    boolean functionsMayAgree(PreparedEvidence other) {
        PreparedFunctionals a = functionals;
        PreparedFunctionals b = other.functionals;
        return a != null && b != null && (a.functionsMayAgree(b) || a.geometryMayAgree(b));
    }

    /**
     * Cosine of the functionals and of the geometry of the embeddings; NaN each where not comparable, or where signs
     * say that they are not alike, which is wrong once in some hundreds.
     */
    public FunctionalComparison functionsWhereSignsAgree(PreparedEvidence other) {
        PreparedFunctionals a = functionals;
        PreparedFunctionals b = other.functionals;
        return a == null || b == null ? FunctionalComparison.NONE : FunctionalComparison.whereSignsAgree(a, b);
    }
}
