package dev.forebear.signals.laundered;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.signals.Zoo.Truth;
import dev.forebear.signals.peer.SignalsDocument;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Measures what laundering leaves and what strangers reach; docs/signals.md cites it. */
class LaunderedDocumentTest {

    private static final Set<String> LAUNDERED = Set.of(
            "base-a-adv-all", "base-a-adv-permuted", "base-a-adv-rotated", "base-a-adv-scaled", "base-a-width-pruned");

    private static final List<LaunderedZoo.Pair> INDEPENDENT = LaunderedZoo.pairs(Truth.INDEPENDENT);
    private static final List<LaunderedZoo.Pair> AMBIGUOUS = LaunderedZoo.pairs(Truth.AMBIGUOUS);
    private static final List<LaunderedZoo.Pair> RELATED = LaunderedZoo.pairs(Truth.RELATED);

    @Test
    void documentStatesWhatStrangersAndRelativesReach() throws IOException {
        SignalsDocument.assertStates(row("neuron agreement", LaunderedComparison::agreement)
                + row("feed-forward function", LaunderedComparison::feedForward)
                + row("query-key function", LaunderedComparison::queryKey)
                + row("value-output function", LaunderedComparison::valueOutput)
                + row("shared function", LaunderedComparison::sharedFunction));
    }

    @Test
    void documentStatesHowManyPairsWereTried() throws IOException {
        SignalsDocument.assertStates(String.format(
                Locale.ROOT,
                "Over %d independent pairs, %d that share a seed or a teacher and %d related ones",
                INDEPENDENT.size(),
                AMBIGUOUS.size(),
                RELATED.size()));
    }

    @Test
    void documentStatesWhichFalseAlarmRateCountingAllows() throws IOException {
        long apart = INDEPENDENT.stream()
                .filter(pair -> LaunderedZoo.TRAININGS.contains(pair.a()) && LaunderedZoo.TRAININGS.contains(pair.b()))
                .count();
        assertThat(INDEPENDENT).noneMatch(pair -> pair.compared().showsLineage(Decoys.NONE));
        SignalsDocument.assertStates(String.format(
                Locale.ROOT,
                "No false alarm in %d pairs of separate trainings means, with 95 %% confidence, a false-alarm rate of"
                        + " at most %.0f %%",
                apart,
                300.0 / apart));
    }

    private static String row(String name, ToDoubleFunction<LaunderedComparison> value) {
        List<LaunderedZoo.Pair> laundered = RELATED.stream()
                .filter(pair -> pair.a().equals("base-a") && LAUNDERED.contains(pair.b()))
                .toList();
        return String.format(
                Locale.ROOT,
                "| %s | %.3f | %.3f | %.3f | %.3f |%n",
                name,
                values(INDEPENDENT, value).max().orElseThrow(),
                values(AMBIGUOUS, value).max().orElseThrow(),
                values(laundered, value).min().orElseThrow(),
                values(RELATED, value).min().orElseThrow());
    }

    private static DoubleStream values(List<LaunderedZoo.Pair> pairs, ToDoubleFunction<LaunderedComparison> value) {
        return pairs.stream()
                .mapToDouble(pair -> value.applyAsDouble(pair.compared()))
                .filter(found -> !Double.isNaN(found));
    }
}
