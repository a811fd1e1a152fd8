package dev.forebear.signals.laundered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forebear.signals.Zoo.Truth;
import dev.forebear.signals.evidence.Evidence;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaunderedComparisonTest {

    /**
     * The independent program takes 300 of the shared tokens where all are taken here, matches every neuron of the
     * first model, also where the second has fewer, and tries all pairs of layers.
     */
    @Test
    void agreesWithAnIndependentProgram() {
        assertThat(LaunderedZoo.pairs()).allSatisfy(pair -> {
            LaunderedComparison compared = pair.compared();
            assertThat(compared.feedForward()).isCloseTo(pair.golden("ff"), within(0.02));
            assertThat(compared.valueOutput()).isCloseTo(pair.golden("vo"), within(0.025));
            assertThat(compared.queryKey()).isCloseTo(pair.golden("qk"), within(0.065));
            if (pair.truth() == Truth.RELATED && !pair.has("base-a-width-pruned")) {
                assertThat(compared.agreement()).isCloseTo(pair.golden("agreement"), within(0.03));
            }
        });
    }

    @Test
    void agreesToTheThirdDigitWhereTokensAreTheSameAndFunctionsDidNotChange() {
        for (String laundered : List.of("base-a-adv-rotated", "base-a-adv-permuted", "base-a-adv-scaled")) {
            LaunderedZoo.Pair pair = LaunderedZoo.pair("base-a", laundered);
            assertThat(pair.compared().agreement()).isCloseTo(pair.golden("agreement"), within(0.0005));
            assertThat(pair.compared().feedForward()).isCloseTo(pair.golden("ff"), within(0.0005));
            assertThat(pair.compared().queryKey()).isCloseTo(pair.golden("qk"), within(0.0005));
            assertThat(pair.compared().valueOutput()).isCloseTo(pair.golden("vo"), within(0.0005));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base-a-adv-permuted",
                "base-a-adv-rotated",
                "base-a-adv-all",
                "base-a-adv-scaled",
                "base-a-width-pruned"
            })
    void findsLineageWhereEveryPositionWasChanged(String laundered) {
        LaunderedComparison compared = LaunderedZoo.pair("base-a", laundered).compared();
        assertThat(compared.agreement()).isGreaterThanOrEqualTo(0.9);
        assertThat(compared.showsLineage(Decoys.NONE)).isTrue();
    }

    @Test
    void findsLineageInEveryRelatedPairButTheFaintBlend() {
        assertThat(LaunderedZoo.pairs(Truth.RELATED))
                .filteredOn(pair -> !pair.compared().showsLineage(Decoys.NONE))
                .extracting(pair -> pair.a() + " " + pair.b())
                .containsExactly("base-a-rerun base-a-merge-linear");
    }

    @Test
    void independentModelsStayFarBelowEveryBar() {
        List<LaunderedZoo.Pair> independent = LaunderedZoo.pairs(Truth.INDEPENDENT);
        assertThat(largest(independent, LaunderedComparison::agreement)).isLessThan(0.10);
        assertThat(largest(independent, LaunderedComparison::feedForward)).isLessThan(0.08);
        assertThat(largest(independent, LaunderedComparison::queryKey)).isLessThan(0.08);
        assertThat(largest(independent, LaunderedComparison::valueOutput)).isLessThan(0.08);
    }

    @Test
    void neitherStudentsNorASharedInitialisationShowLineage() {
        assertThat(LaunderedZoo.pairs(Truth.AMBIGUOUS)).allSatisfy(pair -> {
            assertThat(pair.compared().showsLineage(Decoys.NONE)).isFalse();
            assertThat(pair.compared().feedForward()).isLessThan(0.23);
            assertThat(pair.compared().queryKey()).isLessThan(0.19);
        });
        assertThat(LaunderedZoo.pair("base-a", "base-a-distill-scratch")
                        .compared()
                        .agreement())
                .isLessThan(0.10);
        assertThat(LaunderedZoo.pair("base-a", "base-a-sameinit").compared().neuronsAgree())
                .isTrue();
    }

    @Test
    void namesTheAssumptionOfEveryNumber() {
        List<Evidence> evidence =
                LaunderedZoo.pair("base-a", "base-a-adv-all").compared().evidence();
        assertThat(evidence)
                .extracting(Evidence::signal)
                .containsExactly(
                        "neuron-agreement", "feed-forward-function", "query-key-function", "value-output-function");
        assertThat(evidence.getFirst().log10PValue()).isLessThan(-80);
        assertThat(evidence.getFirst().assumption()).startsWith("assumed, not proven");
        assertThat(evidence.subList(1, 4)).allSatisfy(found -> {
            assertThat(found.log10PValue()).isZero();
            assertThat(found.assumption()).startsWith("none: independent models learn similar functions");
        });
        assertThat(evidence).extracting(Evidence::log10ExactBound).containsOnly(0.0);
    }

    @Test
    void statesTheNullThatTheZooShows() {
        List<LaunderedZoo.Pair> independent = LaunderedZoo.pairs(Truth.INDEPENDENT);
        for (Evidence found :
                LaunderedZoo.pair("base-a", "base-a-adv-all").compared().evidence()) {
            DoubleSummaryStatistics values = new DoubleSummaryStatistics();
            double squares = 0;
            for (LaunderedZoo.Pair pair : independent) {
                for (Evidence same : pair.compared().evidence()) {
                    if (same.signal().equals(found.signal())) {
                        values.accept(same.value());
                        squares += same.value() * same.value();
                    }
                }
            }
            double mean = values.getAverage();
            assertThat(found.nullMean()).as(found.signal()).isCloseTo(mean, within(0.005));
            assertThat(found.nullDeviation())
                    .as(found.signal())
                    .isCloseTo(Math.sqrt(squares / values.getCount() - mean * mean), within(0.005));
        }
    }

    private static double largest(List<LaunderedZoo.Pair> pairs, ToDoubleFunction<LaunderedComparison> value) {
        return pairs.stream()
                .mapToDouble(pair -> value.applyAsDouble(pair.compared()))
                .filter(found -> !Double.isNaN(found))
                .max()
                .orElseThrow();
    }
}
