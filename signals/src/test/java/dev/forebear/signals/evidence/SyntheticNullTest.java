package dev.forebear.signals.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.signals.ModelShape;
import dev.forebear.signals.weights.Findings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A thousand pairs of independent models of 7 billion parameters, through the sketches and statistics of fingerprints.
 * Their weights are random, with what real ones have in common: see {@link SyntheticModel}.
 */
class SyntheticNullTest {

    private static final int MODELS = 46;
    private static final int HIDDEN_SIZE = 4_096;
    private static final int LAYERS = 32;
    private static final int INTERMEDIATE_SIZE = 11_008;
    private static final int HEADS = 32;
    private static final int HEAD_SIZE = 128;
    private static final ModelShape SHAPE = new ModelShape(
            "llama", HIDDEN_SIZE, LAYERS, INTERMEDIATE_SIZE, HEADS, HEADS, HEAD_SIZE, 512, 1, true, true, "BF16");

    private static List<EvidenceComparison> pairs;

    @BeforeAll
    static void compareAll() {
        SyntheticModel.Common common = new SyntheticModel.Common(HIDDEN_SIZE);
        List<PreparedEvidence> models = IntStream.range(0, MODELS)
                .parallel()
                .mapToObj(seed -> prepared(new SyntheticModel(seed, common)))
                .toList();
        pairs = new ArrayList<>();
        for (int i = 0; i < MODELS; i++) {
            for (int j = i + 1; j < MODELS; j++) {
                pairs.add(EvidenceComparison.between(models.get(i), models.get(j)));
            }
        }
    }

    private static PreparedEvidence prepared(SyntheticModel model) {
        try {
            Transformer transformer = model.transformer(LAYERS, INTERMEDIATE_SIZE, HEADS, HEAD_SIZE);
            Findings findings = new Findings();
            return new PreparedEvidence(
                    SHAPE,
                    new EvidenceFeatures(
                            new PositionalSketcher(transformer, findings).sketch(),
                            new NeuronRanker(transformer, findings).rank(),
                            null,
                            findings.lines()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void noneOfAThousandStrangersIsEvenWorthALook() {
        assertThat(pairs)
                .hasSize(1_035)
                .allSatisfy(pair -> assertThat(pair.log10PValue() + 3).isGreaterThan(-3));
    }

    @Test
    void everyDecidingPValueIsUniform() {
        Map<String, double[]> pValues = decidingPValues();
        assertThat(pValues).hasSize(3);
        pValues.forEach((statistic, values) ->
                assertThat(distanceFromUniform(values)).as(statistic).isLessThan(1.63 / Math.sqrt(values.length)));
    }

    private static Map<String, double[]> decidingPValues() {
        Map<String, double[]> pValues = new TreeMap<>();
        for (String statistic :
                List.of("cosine of gate and up rows", "cosine of value rows", "rank correlation layer by layer")) {
            pValues.put(
                    statistic,
                    pairs.stream()
                            .flatMap(pair -> pair.evidence().stream())
                            .filter(evidence -> evidence.statistic().equals(statistic))
                            .mapToDouble(evidence -> Math.pow(10, evidence.log10PValue()))
                            .sorted()
                            .toArray());
        }
        return pValues;
    }

    /** Kolmogorov's and Smirnov's distance of sorted values. */
    private static double distanceFromUniform(double[] sorted) {
        double distance = 0;
        for (int i = 0; i < sorted.length; i++) {
            distance = Math.max(distance, Math.abs(sorted[i] - (double) i / sorted.length));
            distance = Math.max(distance, Math.abs(sorted[i] - (i + 1.0) / sorted.length));
        }
        return distance;
    }
}
