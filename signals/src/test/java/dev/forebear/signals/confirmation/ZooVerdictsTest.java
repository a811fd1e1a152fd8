package dev.forebear.signals.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.Judgement.Basis;
import dev.forebear.signals.Verdict;
import dev.forebear.signals.Zoo;
import dev.forebear.signals.Zoo.Truth;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The verdict over every pair of plain models of the zoo. */
class ZooVerdictsTest {

    private static final int THREADS = 2;

    /**
     * Blends with a model of another lineage at 40 %: nothing but a fit of all parents tells them from a shared seed.
     */
    private static final Set<String> FAINT_BLEND =
            Set.of("base-a-merge-linear and base-a-rerun", "base-a-merge-linear and base-a-rerun-sft");

    /** Trained from their own initialisation, so that p-values of pairs of them are independent of each other. */
    private static final Set<String> BASES =
            Set.of("base-a", "base-a-rerun", "base-a-large", "base-b", "base-c", "base-g", "trap-config");

    private static final List<Judged> PAIRS = new ArrayList<>();

    private record Judged(String a, String b, Truth truth, CheckpointComparison compared) {

        Verdict verdict() {
            return compared.judge(1_000).verdict();
        }

        Basis basis() {
            return compared.judge(1_000).basis();
        }

        @Override
        public String toString() {
            return a + " and " + b;
        }
    }

    @BeforeAll
    static void compare() throws InterruptedException, ExecutionException {
        try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
            List<Future<List<Judged>>> parts = IntStream.range(0, THREADS)
                    .mapToObj(part -> executor.submit(() -> compare(part)))
                    .toList();
            for (Future<List<Judged>> part : parts) {
                PAIRS.addAll(part.get());
            }
        }
    }

    /** Weights are not shared between threads. */
    private static List<Judged> compare(int part) {
        Zoo zoo = Zoo.open();
        List<String> models = zoo.plainModels();
        Map<String, ModelWeights> weights = new HashMap<>();
        List<Judged> judged = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            for (int j = i + 1; j < models.size(); j++) {
                if ((i + j) % THREADS == part) {
                    String a = models.get(i);
                    String b = models.get(j);
                    judged.add(new Judged(a, b, zoo.truth(a, b), compare(zoo, weights, a, b)));
                }
            }
        }
        return judged;
    }

    private static CheckpointComparison compare(Zoo zoo, Map<String, ModelWeights> weights, String a, String b) {
        try {
            for (String model : List.of(a, b)) {
                if (!weights.containsKey(model)) {
                    weights.put(model, ModelWeights.of(zoo.checkpoint(model)));
                }
            }
            return CheckpointComparison.between(weights.get(a), weights.get(b));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void accusesNoIndependentPair() {
        assertThat(pairs(Truth.INDEPENDENT))
                .hasSize(232)
                .allMatch(pair -> pair.verdict() == Verdict.NO_EVIDENCE)
                .allMatch(pair -> pair.compared().compared().log10PValue() > -3);
    }

    @Test
    void findsEveryRelatedPair() {
        assertThat(pairs(Truth.RELATED)).hasSize(280).allMatch(pair -> switch (pair.verdict()) {
            case SAME_WEIGHTS, DERIVED -> true;
            case SHARED_INITIALISATION_OR_LINEAGE -> FAINT_BLEND.contains(pair.toString());
            case SHARES_AN_ANCESTOR, NO_EVIDENCE, NOT_COMPARABLE -> false;
        });
    }

    @Test
    void neverCallsAnAmbiguousPairDerived() {
        assertThat(pairs(Truth.AMBIGUOUS))
                .hasSize(49)
                .allMatch(pair -> pair.verdict() == Verdict.SHARED_INITIALISATION_OR_LINEAGE
                        || pair.verdict() == Verdict.NO_EVIDENCE);
    }

    @Test
    void restsOnExactTestsUnlessNeuronsWereReordered() {
        assertThat(pairs(Truth.RELATED).stream().filter(pair -> pair.basis() == Basis.EMPIRICAL))
                .hasSizeLessThanOrEqualTo(30)
                .allMatch(pair -> pair.toString().contains("base-a-adv-"));
    }

    @Test
    void independentBasesHaveUniformPValues() {
        Map<String, List<Double>> families = new HashMap<>();
        PAIRS.stream()
                .filter(pair -> BASES.contains(pair.a()) && BASES.contains(pair.b()))
                .flatMap(pair -> pair.compared().layerPValues().stream())
                .forEach(found -> families.computeIfAbsent(found.family(), family -> new ArrayList<>())
                        .addAll(found.values()));
        assertThat(families.keySet()).containsExactlyInAnyOrder("mlp-rows", "value-rows", "neuron-scalars");
        families.forEach((family, values) ->
                assertThat(kolmogorovSmirnov(values)).as(family).isGreaterThan(0.01));
    }

    private static List<Judged> pairs(Truth truth) {
        return PAIRS.stream().filter(pair -> pair.truth() == truth).toList();
    }

    /** P-value of the largest distance to the uniform distribution (asymptotic series with Stephens' correction). */
    private static double kolmogorovSmirnov(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        double distance = 0;
        for (int i = 0; i < n; i++) {
            distance = Math.max(distance, Math.max((i + 1.0) / n - sorted.get(i), sorted.get(i) - (double) i / n));
        }
        double scaled = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance;
        double p = 0;
        for (int k = 1; k <= 100; k++) {
            p += 2 * Math.pow(-1, k - 1) * Math.exp(-2.0 * k * k * scaled * scaled);
        }
        return Math.clamp(p, 0, 1);
    }
}
