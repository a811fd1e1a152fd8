package dev.forebear.signals.evidence;

import dev.forebear.signals.ModelShape;
import dev.forebear.signals.statistics.Chance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the evidence features of two models prove together. Symmetric. The families that decide are the rows of gate and
 * up, the rows of value and the neuron scalars; the smallest p-value counts as many times as there are families tried
 * (Bonferroni).
 *
 * @param evidence every statistic that could be computed, the strongest first
 * @param log10PValue log10 of the combined p-value; 0 when nothing could be compared
 * @param log10ExactBound log10 of a combined bound that needs no distribution
 * @param effectSize value of the strongest deciding evidence, -1 to 1; 0 without any
 * @param sharedFunction cosine of the functionals; NaN when not comparable
 * @param embeddingGeometry cosine of the Gram matrices of the embeddings; NaN when not comparable
 * @param notComparable statistics that could not be computed, "signal: why" each
 */
public record EvidenceComparison(
        List<Evidence> evidence,
        double log10PValue,
        double log10ExactBound,
        double effectSize,
        double sharedFunction,
        double embeddingGeometry,
        List<String> notComparable) {

    private static final Comparator<Evidence> STRONGEST_FIRST =
            Comparator.comparingDouble(Evidence::log10PValue).thenComparing(Evidence::value, Comparator.reverseOrder());

    public EvidenceComparison {
        evidence = List.copyOf(evidence);
        notComparable = List.copyOf(notComparable);
    }

    /** The two models themselves, unprepared. */
    public static EvidenceComparison between(
            ModelShape shapeA, EvidenceFeatures a, ModelShape shapeB, EvidenceFeatures b) {
        return between(new PreparedEvidence(shapeA, a), new PreparedEvidence(shapeB, b));
    }

    public static EvidenceComparison between(PreparedEvidence a, PreparedEvidence b) {
        EvidenceList found = new EvidenceList();
        String neuronsDiffer = neuronsDiffer(a, b);
        positional(a, b, neuronsDiffer, found);
        neurons(a, b, neuronsDiffer, found);
        FunctionalComparison functions = functions(a, b, found);
        EvidenceComparison combined = combined(found.deciding(), found.reported(), functions.sharedFunction());
        return new EvidenceComparison(
                combined.evidence(),
                combined.log10PValue(),
                combined.log10ExactBound(),
                combined.effectSize(),
                functions.sharedFunction(),
                functions.embeddingGeometry(),
                found.notComparable());
    }

    /** Why neurons of the same number cannot be compared; null when they can. */
    private static @Nullable String neuronsDiffer(PreparedEvidence a, PreparedEvidence b) {
        if (a.gatedMlp() != b.gatedMlp()) {
            return "only one of the MLPs has a gate";
        }
        PreparedNeurons first = a.neurons();
        PreparedNeurons second = b.neurons();
        boolean sorted = first != null && second != null && NeuronComparison.bothSorted(first, second);
        return sorted ? "both models have their neurons sorted by norm" : null;
    }

    private static void positional(
            PreparedEvidence a, PreparedEvidence b, @Nullable String neuronsDiffer, EvidenceList to) {
        PreparedSketch first = a.positional();
        PreparedSketch second = b.positional();
        if (first == null || second == null) {
            to.miss(PositionalComparison.SIGNAL, "not recorded in " + (first == second ? "both" : "one"));
            return;
        }
        if (a.hiddenSize() != b.hiddenSize()) {
            to.miss(
                    PositionalComparison.SIGNAL,
                    "hidden sizes differ, " + Math.min(a.hiddenSize(), b.hiddenSize()) + " and "
                            + Math.max(a.hiddenSize(), b.hiddenSize()));
            return;
        }
        if (neuronsDiffer == null) {
            PositionalComparison.rows("cosine of gate and up rows", first.gateUp(), second.gateUp(), to);
        } else {
            to.miss(PositionalComparison.SIGNAL, "cosine of gate and up rows", neuronsDiffer);
        }
        PositionalComparison.rows("cosine of value rows", first.value(), second.value(), to);
        PositionalComparison.gains(first.gains(), second.gains(), to);
    }

    private static void neurons(
            PreparedEvidence a, PreparedEvidence b, @Nullable String neuronsDiffer, EvidenceList to) {
        PreparedNeurons first = a.neurons();
        PreparedNeurons second = b.neurons();
        if (first == null || second == null) {
            to.miss(NeuronComparison.SIGNAL, "not recorded in " + (first == second ? "both" : "one"));
        } else if (neuronsDiffer != null) {
            to.miss(NeuronComparison.SIGNAL, neuronsDiffer);
        } else if (first.neurons() != second.neurons()) {
            to.miss(
                    NeuronComparison.SIGNAL,
                    "numbers of neurons differ, " + Math.min(first.neurons(), second.neurons()) + " and "
                            + Math.max(first.neurons(), second.neurons()));
        } else if (!NeuronComparison.comparable(first, second)) {
            to.miss(NeuronComparison.SIGNAL, "all neurons of a model are alike");
        } else {
            NeuronComparison.layers(first, second, to);
        }
    }

    private static FunctionalComparison functions(PreparedEvidence a, PreparedEvidence b, EvidenceList to) {
        PreparedFunctionals first = a.functionals();
        PreparedFunctionals second = b.functionals();
        if (first == null || second == null) {
            String why = "not recorded in " + (first == second ? "both" : "one");
            to.miss(FunctionalComparison.FUNCTION, why);
            to.miss(FunctionalComparison.GEOMETRY, why);
            return FunctionalComparison.NONE;
        }
        return FunctionalComparison.between(first, second, to);
    }

    /** Combines evidence that decides; what is only reported is listed with it. */
    public static EvidenceComparison combined(List<Evidence> deciding, List<Evidence> reported, double sharedFunction) {
        return combined(deciding, deciding.size(), reported, sharedFunction);
    }

    /**
     * Combines evidence that decides; what is only reported is listed with it.
     *
     * @param families statistics that may have been tried for a decision, which all count
     */
    public static EvidenceComparison combined(
            List<Evidence> deciding, int families, List<Evidence> reported, double sharedFunction) {
        Optional<Evidence> strongest = deciding.stream().min(STRONGEST_FIRST);
        double log10PValue =
                Chance.log10AnyOf(families, strongest.map(Evidence::log10PValue).orElse(0.0));
        double bound =
                deciding.stream().mapToDouble(Evidence::log10ExactBound).min().orElse(0);
        List<Evidence> all = new ArrayList<>(deciding);
        all.addAll(reported);
        all.sort(STRONGEST_FIRST);
        return new EvidenceComparison(
                all,
                log10PValue,
                Chance.log10AnyOf(families, bound),
                strongest.map(Evidence::value).orElse(0.0),
                sharedFunction,
                Double.NaN,
                List.of());
    }
}
