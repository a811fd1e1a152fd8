package dev.forebear.signals.evidence;

import dev.forebear.signals.ModelShape;
import dev.forebear.signals.statistics.Chance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the evidence features of two models prove together. Symmetric. The families that decide are the rows of gate and
 * up, the rows of value, the neuron scalars layer by layer and those of the best pair of layers; the smallest p-value
 * counts as many times as there are families tried (Bonferroni).
 *
 * @param evidence every statistic that could be computed, the strongest first
 * @param log10PValue log10 of the combined p-value; 0 when nothing could be compared
 * @param log10ExactBound log10 of a combined bound that needs no distribution
 * @param effectSize value of the strongest deciding evidence, -1 to 1; 0 without any
 * @param sharedFunction cosine of the functionals; NaN when not comparable
 */
public record EvidenceComparison(
        List<Evidence> evidence, double log10PValue, double log10ExactBound, double effectSize, double sharedFunction) {

    private static final Comparator<Evidence> STRONGEST_FIRST =
            Comparator.comparingDouble(Evidence::log10PValue).thenComparing(Evidence::value, Comparator.reverseOrder());

    public EvidenceComparison {
        evidence = List.copyOf(evidence);
    }

    public static EvidenceComparison between(
            ModelShape shapeA, EvidenceFeatures a, ModelShape shapeB, EvidenceFeatures b) {
        boolean sameMlp = shapeA.gatedMlp() == shapeB.gatedMlp();
        boolean sorted = sorted(a, b);
        List<Evidence> deciding = new ArrayList<>();
        List<Evidence> reported = new ArrayList<>();
        if (shapeA.hiddenSize() == shapeB.hiddenSize()) {
            positional(a, b, sameMlp && !sorted, deciding, reported);
        }
        if (sameMlp && !sorted) {
            deciding.addAll(neurons(a, b));
        }
        return combined(deciding, reported, sharedFunction(a, b));
    }

    private static void positional(
            EvidenceFeatures a,
            EvidenceFeatures b,
            boolean neuronsComparable,
            List<Evidence> deciding,
            List<Evidence> reported) {
        PositionalSketch first = a.positional();
        PositionalSketch second = b.positional();
        if (first == null || second == null) {
            return;
        }
        int gateUp = neuronsComparable ? Math.min(first.gateUpEntries(), second.gateUpEntries()) : 0;
        PositionalComparison.rows("cosine of gate and up rows", first.gateUp(), second.gateUp(), gateUp)
                .ifPresent(deciding::add);
        int value = Math.min(first.valueEntries(), second.valueEntries());
        PositionalComparison.rows("cosine of value rows", first.value(), second.value(), value)
                .ifPresent(deciding::add);
        int gains = Math.min(first.gainEntries(), second.gainEntries());
        PositionalComparison.gains(first.gains(), second.gains(), gains).ifPresent(reported::add);
    }

    private static List<Evidence> neurons(EvidenceFeatures a, EvidenceFeatures b) {
        NeuronScalars first = a.neuronScalars();
        NeuronScalars second = b.neuronScalars();
        if (first == null || second == null || !NeuronComparison.comparable(first, second)) {
            return List.of();
        }
        return List.of(NeuronComparison.sameLayers(first, second), NeuronComparison.bestPair(first, second));
    }

    private static boolean sorted(EvidenceFeatures a, EvidenceFeatures b) {
        NeuronScalars first = a.neuronScalars();
        NeuronScalars second = b.neuronScalars();
        return first != null && second != null && NeuronComparison.bothSorted(first, second);
    }

    /** Cosine of the functionals; NaN when not comparable. */
    public static double sharedFunction(EvidenceFeatures a, EvidenceFeatures b) {
        Functionals first = a.functionals();
        Functionals second = b.functionals();
        return first == null || second == null ? Double.NaN : FunctionalComparison.sharedFunction(first, second);
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
                sharedFunction);
    }
}
