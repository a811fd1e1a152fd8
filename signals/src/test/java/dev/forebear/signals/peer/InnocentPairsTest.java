package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Measures what the peer signals say of models that have nothing to do with each other; docs/signals.md cites it. */
class InnocentPairsTest {

    @Test
    void documentStatesTheMeasuredScores() throws IOException {
        StringBuilder table = new StringBuilder();
        for (PeerSignal signal : PeerSignal.values()) {
            table.append(row(signal.signalName(), pair -> similarity(pair, signal)));
        }
        table.append(row(
                "identity (the peer's mean)",
                pair -> pair.comparison().identity().score()));
        SignalsDocument.assertStates(table.toString());
    }

    @Test
    void documentStatesHowManyInnocentPairsTheBandsFlag() throws IOException {
        Map<IdentityScore.Band, Integer> counts = new EnumMap<>(IdentityScore.Band.class);
        int sameArchitecture = 0;
        int innocent = 0;
        for (GoldenZoo.Pair pair : GoldenZoo.pairs()) {
            if (pair.independent()) {
                innocent++;
                counts.merge(pair.comparison().identity().band(), 1, Integer::sum);
                sameArchitecture += pair.comparison().architectureTier() <= 2 ? 1 : 0;
            }
        }
        SignalsDocument.assertStates("Of " + innocent + " independent pairs the identity bands call "
                + counts.getOrDefault(IdentityScore.Band.HIGH_CONFIDENCE, 0) + " a high-confidence match and "
                + counts.getOrDefault(IdentityScore.Band.WEAK, 0) + " a weak match; the architecture screening, "
                + "which the peer lets decide first, calls " + sameArchitecture + " the same.");
    }

    @Test
    void documentStatesWhatSharedInitialisationDoesToWeightValues() throws IOException {
        double largest = GoldenZoo.pairs().stream()
                .filter(pair -> pair.golden().get("truth").equals("ambiguous"))
                .mapToDouble(pair -> valueOrZero(similarity(pair, PeerSignal.WEIGHT_VALUES)))
                .max()
                .orElseThrow();
        SignalsDocument.assertStates(String.format(Locale.ROOT, "reach %.3f in the zoo", largest));
    }

    @Test
    void noSignalSeparatesRelativesFromStrangers() {
        for (PeerSignal signal : PeerSignal.values()) {
            double strangers = GoldenZoo.pairs().stream()
                    .filter(GoldenZoo.Pair::independent)
                    .mapToDouble(pair -> valueOrZero(similarity(pair, signal)))
                    .max()
                    .orElseThrow();
            assertThat(GoldenZoo.pairs())
                    .as(signal.signalName())
                    .filteredOn(GoldenZoo.Pair::related)
                    .extracting(pair -> similarity(pair, signal))
                    .anyMatch(similarity -> similarity != null && similarity < strangers);
        }
    }

    private static double valueOrZero(@Nullable Double similarity) {
        return similarity == null ? 0 : similarity;
    }

    private static @Nullable Double similarity(GoldenZoo.Pair pair, PeerSignal signal) {
        return pair.comparison().signals().get(signal.ordinal()).similarity();
    }

    private static String row(String name, Function<GoldenZoo.Pair, @Nullable Double> score) {
        List<Double> independent = new ArrayList<>();
        List<Double> related = new ArrayList<>();
        for (GoldenZoo.Pair pair : GoldenZoo.pairs()) {
            Double value = score.apply(pair);
            if (value != null && pair.independent()) {
                independent.add(value);
            } else if (value != null && pair.related()) {
                related.add(value);
            }
        }
        independent.sort(null);
        related.sort(null);
        return String.format(
                Locale.ROOT,
                "| %s | %.3f | %.3f | %.3f | %.3f |%n",
                name,
                median(independent),
                independent.getLast(),
                median(related),
                related.getFirst());
    }

    private static double median(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
