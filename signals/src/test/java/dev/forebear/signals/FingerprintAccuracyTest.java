package dev.forebear.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forebear.signals.FingerprintedZoo.Pair;
import dev.forebear.signals.evidence.Evidence;
import dev.forebear.signals.peer.SignalsDocument;
import java.io.IOException;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What fingerprints find and leave alone among the 561 pairs of plain models of the zoo; docs/signals.md cites it. */
class FingerprintAccuracyTest {

    private static final Set<String> OUT_OF_REACH =
            Set.of("base-a-adv-permuted", "base-a-adv-all", "base-a-width-pruned");
    private static final Set<Set<String>> ROTATED_AND_FEWER_LAYERS = Set.of(
            Set.of("base-a-adv-rotated", "base-a-layer-pruned"), Set.of("base-a-adv-rotated", "base-a-distill-init"));
    private static final Set<Set<String>> FORTY_PERCENT_BLENDS =
            Set.of(Set.of("base-a-merge-linear", "base-a-rerun"), Set.of("base-a-merge-linear", "base-a-rerun-sft"));
    private static final String SAME_INITIALISATION = "base-a-sameinit";
    private static final String BLEND = "base-a-merge-linear";

    private static FingerprintedZoo zoo;

    @BeforeAll
    static void fingerprintEveryPlainModel() throws IOException {
        zoo = FingerprintedZoo.read();
    }

    @Test
    void findsNothingBetweenIndependentModels() {
        assertThat(zoo.pairs(Zoo.Truth.INDEPENDENT))
                .hasSize(232)
                .allSatisfy(pair -> assertThat(pair.verdict()).as(pair.names()).isEqualTo(Verdict.NO_EVIDENCE));
    }

    @Test
    void neverAccusesModelsThatShareOnlyInitialisationOrTeacher() {
        assertThat(zoo.pairs(Zoo.Truth.AMBIGUOUS))
                .hasSize(49)
                .allSatisfy(pair -> assertThat(pair.verdict())
                        .as(pair.names())
                        .isIn(Verdict.NO_EVIDENCE, Verdict.SHARED_INITIALISATION_OR_LINEAGE));
    }

    @Test
    void findsEveryRelativeInUntouchedCoordinates() {
        assertThat(zoo.pairs(Zoo.Truth.RELATED))
                .hasSize(280)
                .allSatisfy(pair -> assertThat(pair.verdict()).as(pair.names()).isEqualTo(expected(pair)));
    }

    private static Verdict expected(Pair pair) {
        Set<String> names = Set.of(pair.a(), pair.b());
        if (names.equals(Set.of("base-a", "base-a-copy"))) {
            return Verdict.SAME_WEIGHTS;
        }
        if (FORTY_PERCENT_BLENDS.contains(names)) {
            return Verdict.SHARED_INITIALISATION_OR_LINEAGE;
        }
        boolean hidden = names.stream().anyMatch(OUT_OF_REACH::contains) || ROTATED_AND_FEWER_LAYERS.contains(names);
        return hidden ? Verdict.NO_EVIDENCE : Verdict.DERIVED;
    }

    @Test
    void screensEveryPairThatAFullComparisonWouldEstablish() {
        assertThat(zoo.pairs(Zoo.Truth.RELATED))
                .filteredOn(pair -> pair.verdict() != Verdict.NO_EVIDENCE)
                .allSatisfy(pair -> assertThat(pair.screen()).as(pair.names()).isLessThan(-9));
        assertThat(zoo.pairs(Zoo.Truth.INDEPENDENT))
                .allSatisfy(pair -> assertThat(pair.screen()).as(pair.names()).isGreaterThan(-4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cosine of gate and up rows",
                "cosine of value rows",
                "cosine of norm gains",
                "rank correlation layer by layer",
            })
    void nullOfEveryStatisticIsConservative(String statistic) throws IOException {
        double[] z = zoo.pairs(Zoo.Truth.INDEPENDENT).stream()
                .flatMap(pair -> pair.compared().evidence().stream())
                .filter(evidence -> evidence.statistic().equals(statistic))
                .mapToDouble(evidence -> (evidence.value() - evidence.nullMean()) / evidence.nullDeviation())
                .toArray();
        double deviation = Math.sqrt(DoubleStream.of(z).map(x -> x * x).sum() / z.length);
        double largest = DoubleStream.of(z).max().orElseThrow();

        assertThat(deviation).isBetween(0.5, 1.05);
        assertThat(largest).isLessThan(3.5);
        SignalsDocument.assertStates(
                String.format(Locale.ROOT, "| %s | %d | %.2f | %.2f |", statistic, z.length, deviation, largest));
    }

    @Test
    void documentStatesTheStrongestIndependentPair() throws IOException {
        Pair strongest = zoo.pairs(Zoo.Truth.INDEPENDENT).stream()
                .min(Comparator.comparingDouble(pair -> pair.compared().log10PValue()))
                .orElseThrow();
        SignalsDocument.assertStates(String.format(
                Locale.ROOT,
                "the smallest p-value of the 232 is 10^%.1f (`%s` and `%s`)",
                strongest.compared().log10PValue(),
                strongest.a(),
                strongest.b()));
    }

    @Test
    void guardSeparatesSharedInitialisationFromLineage() throws IOException {
        DoubleSummaryStatistics sameInitialisation =
                functions(Zoo.Truth.AMBIGUOUS, pair -> pair.has(SAME_INITIALISATION));
        DoubleSummaryStatistics distilled = functions(Zoo.Truth.AMBIGUOUS, pair -> !pair.has(SAME_INITIALISATION));
        DoubleSummaryStatistics independent = functions(Zoo.Truth.INDEPENDENT, pair -> true);
        DoubleSummaryStatistics blended =
                functions(Zoo.Truth.RELATED, pair -> expected(pair) == Verdict.DERIVED && pair.has(BLEND));
        DoubleSummaryStatistics related =
                functions(Zoo.Truth.RELATED, pair -> expected(pair) == Verdict.DERIVED && !pair.has(BLEND));

        assertThat(sameInitialisation.getMax()).isLessThan(0.20);
        assertThat(distilled.getMax()).isLessThan(0.20);
        assertThat(independent.getMax()).isLessThan(0.20);
        assertThat(blended.getMin()).isGreaterThan(0.25);
        assertThat(related.getMin()).isGreaterThan(0.50);
        SignalsDocument.assertStates("| same initialisation, other data | " + range(sameInitialisation));
        SignalsDocument.assertStates("| distilled from scratch | " + range(distilled));
        SignalsDocument.assertStates("| independent | " + range(independent));
        SignalsDocument.assertStates("| related, one side the 60:40 blend | " + range(blended));
        SignalsDocument.assertStates("| related, all others within reach | " + range(related));
    }

    @Test
    void nominatesEveryRelativeAndNoIndependentModel() throws IOException {
        DoubleSummaryStatistics related = geometry(Zoo.Truth.RELATED);
        DoubleSummaryStatistics ambiguous = geometry(Zoo.Truth.AMBIGUOUS);
        DoubleSummaryStatistics independent = geometry(Zoo.Truth.INDEPENDENT);

        assertThat(zoo.pairs(Zoo.Truth.RELATED))
                .filteredOn(pair -> pair.verdict() != Verdict.SAME_WEIGHTS)
                .allSatisfy(pair -> {
                    assertThat(pair.compared().nominated()).as(pair.names()).isTrue();
                    assertThat(zoo.prepared(pair.a()).nomination(zoo.prepared(pair.b())))
                            .as(pair.names())
                            .isEqualTo(pair.compared().nomination());
                });
        assertThat(zoo.pairs(Zoo.Truth.INDEPENDENT))
                .allSatisfy(pair -> assertThat(pair.compared().nomination())
                        .as(pair.names())
                        .isLessThan(0.8));
        SignalsDocument.assertStates("| embedding geometry, independent | " + range(independent));
        SignalsDocument.assertStates("| embedding geometry, same initialisation or distilled | " + range(ambiguous));
        SignalsDocument.assertStates("| embedding geometry, related | " + range(related));
    }

    private static DoubleSummaryStatistics geometry(Zoo.Truth truth) {
        return zoo.pairs(truth).stream()
                .mapToDouble(pair -> pair.compared().embeddingGeometry())
                .filter(Double::isFinite)
                .summaryStatistics();
    }

    private static DoubleSummaryStatistics functions(Zoo.Truth truth, Predicate<Pair> which) {
        return zoo.pairs(truth).stream()
                .filter(which)
                .mapToDouble(pair -> pair.compared().sharedFunction())
                .filter(Double::isFinite)
                .summaryStatistics();
    }

    private static String range(DoubleSummaryStatistics values) {
        return String.format(Locale.ROOT, "%d | %.2f | %.2f |", values.getCount(), values.getMin(), values.getMax());
    }

    @ParameterizedTest
    @CsvSource({
        "base-a-copy, base-a",
        "base-a-sft-light, base-a",
        "base-a-sft-heavy, base-a",
        "base-a-grandchild, base-a-sft-heavy",
        "base-a-grandchild, base-a",
        "base-a-cpt, base-a",
        "base-a-lora-merged, base-a",
        "base-a-vocab-ext, base-a",
        "base-a-vocab-rebuilt, base-a",
        "base-a-layer-pruned, base-a",
        "base-a-distill-init, base-a",
        "base-a-depth-up, base-a",
        "base-a-merge-slerp, base-a-sft-heavy",
        "base-a-merge-ties, base-a-sft-heavy",
        "base-a-merge-linear, base-a-sft-light",
        "base-a-merge-linear, base-a-rerun",
        "base-a-moe, base-a",
        "base-a-int8, base-a",
        "base-a-adv-noise, base-a",
        "base-a-adv-scaled, base-a",
        "base-a-adv-vocab-shuffled, base-a",
        "base-a-adv-rotated, base-a",
        "base-a-adv-permuted, base-a",
        "base-a-adv-all, base-a",
        "base-a-width-pruned, base-a",
        "base-a-rerun-sft, base-a-rerun",
        "base-b-sft, base-b",
        "base-a-sameinit, base-a",
        "base-a-distill-scratch, base-a",
    })
    void documentStatesWhatTheFingerprintReaches(String child, String parent) throws IOException {
        Pair pair = zoo.pair(child, parent);
        SignalsDocument.assertStates(String.format(
                Locale.ROOT,
                "| %s | %s | %.2f | %d | %d | %.2f | %s |",
                child,
                parent,
                pair.compared().effectSize(),
                Math.round(pair.compared().log10PValue()),
                Math.round(pair.compared().log10ExactBound()),
                pair.compared().sharedFunction(),
                pair.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }

    @Test
    void listsTheStrongestEvidenceFirst() {
        List<Evidence> evidence =
                zoo.pair("base-a", "base-a-sft-light").compared().evidence();
        assertThat(evidence).isSortedAccordingTo(Comparator.comparingDouble(Evidence::log10PValue));
        assertThat(evidence).hasSize(4);
    }

    @Test
    void judgesEitherOrderAlike() {
        for (String[] names :
                new String[][] {{"base-a", "base-a-cpt"}, {"base-a-moe", "base-a-depth-up"}, {"base-b", "base-c"}}) {
            var forth = (FingerprintComparison.Compared) zoo.prepared(names[0]).compareTo(zoo.prepared(names[1]));
            var back = (FingerprintComparison.Compared) zoo.prepared(names[1]).compareTo(zoo.prepared(names[0]));
            assertThat(back.log10PValue()).isCloseTo(forth.log10PValue(), within(1e-9));
            assertThat(back.sharedFunction()).isCloseTo(forth.sharedFunction(), within(1e-9));
            assertThat(Judgement.judge(back, 1).verdict())
                    .isEqualTo(Judgement.judge(forth, 1).verdict());
        }
    }

    @Test
    void givesTheSameFingerprintEveryTime() throws IOException {
        try (var checkpoint = Zoo.open().checkpoint("base-a")) {
            Fingerprint again = Fingerprinter.fingerprint(checkpoint);
            Fingerprint before = zoo.fingerprint("base-a");
            assertThat(again.weightsDigest()).isEqualTo(before.weightsDigest());
            assertThat(again.evidence()).usingRecursiveComparison().isEqualTo(before.evidence());
        }
    }
}
