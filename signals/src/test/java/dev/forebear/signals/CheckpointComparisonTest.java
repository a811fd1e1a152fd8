package dev.forebear.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.signals.confirmation.LayerMatrix;
import dev.forebear.signals.evidence.Evidence;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointComparisonTest {

    private final Zoo zoo = Zoo.open();

    /**
     * Values of an independent program in double precision, on a sample of its own of the rows and tokens. Hence the
     * tolerances: .005 in row similarity and 2 % in row z, .03 in the functionals of equal vocabularies. Embedding
     * columns and gains are not sampled and agree to the printed digits.
     */
    @ParameterizedTest
    @CsvSource({
        "base-a, base-a-adv-noise, 53.449, 0.97091, 26.323, 11.233, 5.7089, 0.97024, 0.97948",
        "base-a, base-a-adv-scaled, 53.526, 0.97394, 26.538, 11.269, 7.9373, 1, 1",
        "base-a, base-a-depth-up, 53.498, 0.97031, 26.211, 11.23, 7.6765, 0.98403, 0.98284",
        "base-a, base-a-distill-init, 53.436, 0.95958, 26.529, 10.897, 6.116, 0.92229, 0.9448",
        "base-a, base-a-adv-permuted, 2.5319, 0.024408, 0.99205, 2.3598, -0.058942, 1, 1",
        "base-a, base-a-rerun, 2.9182, 0.028466, -1.7064, 1.8965, -0.48935, 0.021723, 0.041177",
    })
    void agreesWithAnIndependentProgram(
            String a,
            String b,
            double rowZ,
            double rowSimilarity,
            double dimensionZ,
            double scalarZ,
            double gainZ,
            double feedForward,
            double queryKey)
            throws IOException {
        Map<String, Evidence> found = byName(compare(a, b));

        Evidence rows =
                evidence(found, "same-index-rows", "mean cosine of rows of the same number, best pair of layers");
        assertThat(z(rows)).isCloseTo(rowZ, within(Math.max(1, 0.02 * rowZ)));
        assertThat(rows.value()).isCloseTo(rowSimilarity, within(rowSimilarity > 0.5 ? 0.005 : 0.02));
        assertThat(z(evidence(
                        found, "residual-dimensions", "mean correlation of embedding columns of the same number")))
                .isCloseTo(dimensionZ, within(0.001));
        assertThat(z(evidence(found, "neuron-scalars", "rank correlation of the best pair of layers")))
                .isCloseTo(scalarZ, within(0.5));
        assertThat(z(evidence(found, "norm-gains", "correlation of the summed ranks of the norm gains")))
                .isCloseTo(gainZ, within(0.001));
        assertThat(evidence(
                                found,
                                "feed-forward-function",
                                "cosine of what the MLP does to shared tokens, best pair of layers")
                        .value())
                .isCloseTo(feedForward, within(0.03));
        assertThat(evidence(
                                found,
                                "query-key-function",
                                "cosine of attention logits of shared tokens, best pair of layers")
                        .value())
                .isCloseTo(queryKey, within(0.03));
    }

    @ParameterizedTest
    @CsvSource({
        "base-a, base-a-copy, SAME_WEIGHTS",
        "base-a, base-a-sft-light, DERIVED",
        "base-a, base-a-cpt, DERIVED",
        "base-a, base-a-moe, DERIVED",
        "base-a, base-a-vocab-rebuilt, DERIVED",
        "base-a, base-a-adv-rotated, DERIVED",
        "base-a-layer-pruned, base-a-adv-rotated, DERIVED",
        "base-a, base-a-width-pruned, DERIVED",
        "base-a-cpt, base-a-width-pruned, DERIVED",
        "base-a, base-a-adv-permuted, DERIVED",
        "base-a-sameinit, base-a-width-pruned, SHARED_INITIALISATION_OR_LINEAGE",
        "base-a, base-a-sameinit, SHARED_INITIALISATION_OR_LINEAGE",
        "base-a-rerun, base-a-merge-linear, SHARED_INITIALISATION_OR_LINEAGE",
        "base-a, base-a-rerun, NO_EVIDENCE",
        "base-a, base-a-distill-scratch, NO_EVIDENCE",
        "base-a, base-a-large, NO_EVIDENCE",
        "base-a, trap-config, NO_EVIDENCE",
        "base-b, trap-config, NO_EVIDENCE",
        "base-c, base-b-sft, NO_EVIDENCE",
        "base-a-rerun, base-c, NO_EVIDENCE",
        "base-a, base-g, NO_EVIDENCE",
    })
    void judges(String a, String b, Verdict verdict) throws IOException {
        assertThat(compare(a, b).judge(1_000_000).verdict()).isEqualTo(verdict);
    }

    @Test
    void drawsWhichLayerCameFromWhich() throws IOException {
        LayerMatrix layers =
                Objects.requireNonNull(compare("base-a-layer-pruned", "base-a").layers());
        assertThat(layers.similarity()).hasDimensions(3, 4);
        assertThat(argmax(layers.z()[0])).isEqualTo(0);
        assertThat(argmax(layers.z()[1])).isEqualTo(1);
        assertThat(argmax(layers.z()[2])).isEqualTo(3);
    }

    @Test
    void holdsEveryExpertAgainstTheLayerItCameFrom() throws IOException {
        LayerMatrix layers =
                Objects.requireNonNull(compare("base-a-moe", "base-a").layers());
        assertThat(layers.z()).hasDimensions(12, 4);
        for (int expert = 0; expert < 12; expert++) {
            assertThat(argmax(layers.z()[expert])).isEqualTo(layers.layersOfFirst()[expert]);
        }
    }

    @Test
    void boundsTheChanceOfTheRowsWithoutAnyDistribution() throws IOException {
        Evidence rows = evidence(
                byName(compare("base-a", "base-a-cpt")),
                "same-index-rows",
                "mean cosine of rows of the same number, best pair of layers");
        assertThat(rows.log10ExactBound()).isLessThan(-80);
    }

    @Test
    void saysWhyRowsOfDifferentHiddenSizesAreNotCompared() throws IOException {
        CheckpointComparison compared = compare("base-a", "base-a-large");
        assertThat(compared.layers()).isNull();
        assertThat(compared.notComparable()).contains("same-index-rows: expected equal hidden sizes, found 64 and 96");
    }

    @Test
    void noticesAnInheritedEmbedding() throws IOException {
        assertThat(compare("base-a", "base-a-sft-heavy").embeddingInherited()).isTrue();
        assertThat(compare("base-a", "base-a-rerun").embeddingInherited()).isFalse();
    }

    private CheckpointComparison compare(String a, String b) throws IOException {
        try (Checkpoint first = zoo.checkpoint(a);
                Checkpoint second = zoo.checkpoint(b)) {
            return CheckpointComparison.between(ModelWeights.of(first), ModelWeights.of(second));
        }
    }

    private static Map<String, Evidence> byName(CheckpointComparison compared) {
        return compared.compared().evidence().stream()
                .collect(Collectors.toMap(found -> found.signal() + ": " + found.statistic(), found -> found));
    }

    private static Evidence evidence(Map<String, Evidence> found, String signal, String statistic) {
        return Objects.requireNonNull(found.get(signal + ": " + statistic));
    }

    private static double z(Evidence evidence) {
        return (evidence.value() - evidence.nullMean()) / evidence.nullDeviation();
    }

    private static int argmax(double[] values) {
        int best = 0;
        for (int i = 0; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
