package dev.forebear.signals.confirmation;

import dev.forebear.signals.evidence.Evidence;
import dev.forebear.signals.statistics.Chance;
import dev.forebear.signals.statistics.IncreasingOrder;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.ModelWeights.Unit;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the neurons of a narrower MLP match neurons of a wider one in increasing order: each is matched with the most
 * similar of all rows of the other model, whatever its number. Of small models every pair of layers is tried; of a
 * large one a single pair, whose projection is read in full.
 */
final class OrderTest {

    private static final int MOST_ROWS = 128;
    private static final double LARGEST_LOG10_E = -6;
    private static final String ASSUMPTION = "neurons of independently trained models are numbered in no common order:"
            + " matches in increasing order are as likely as in any other";

    private final String signal;
    private final ModelWeights narrow;
    private final ModelWeights wide;
    private final UnaryOperator<double[][]> ofNarrow;
    private final UnaryOperator<double[][]> ofWide;

    private OrderTest(
            String signal,
            ModelWeights narrow,
            ModelWeights wide,
            UnaryOperator<double[][]> ofNarrow,
            UnaryOperator<double[][]> ofWide) {
        this.signal = signal;
        this.narrow = narrow;
        this.wide = wide;
        this.ofNarrow = ofNarrow;
        this.ofWide = ofWide;
    }

    /** @param columns null when residual dimensions go with those of the same number */
    static OrderTest of(String signal, ModelWeights a, ModelWeights b, @Nullable ColumnMap columns) {
        UnaryOperator<double[][]> ofA = columns == null ? UnaryOperator.identity() : columns::ofFirst;
        UnaryOperator<double[][]> ofB = columns == null ? UnaryOperator.identity() : columns::ofSecond;
        return a.transformer().intermediateSize() <= b.transformer().intermediateSize()
                ? new OrderTest(signal, a, b, ofA, ofB)
                : new OrderTest(signal, b, a, ofB, ofA);
    }

    /** Empty for MLPs of different kinds and where no pair of layers has enough rows. */
    Optional<Evidence> evidence() throws IOException {
        if (narrow.transformer().gated() != wide.transformer().gated()) {
            return Optional.empty();
        }
        List<double[][]> rows = new ArrayList<>();
        for (Unit unit : chosen(narrow)) {
            double[][] read = narrow.folded(unit, projection());
            rows.add(usable(UnitRows.of(ofNarrow.apply(Arrays.copyOf(read, Math.min(MOST_ROWS, read.length))))));
        }
        double bound = 0;
        double share = 0;
        long pairs = 0;
        for (Unit unit : chosen(wide)) {
            double[][] all = UnitRows.all(ofWide.apply(wide.all(unit, projection())));
            for (double[][] some : rows) {
                if (some.length >= UnitAgreement.FEWEST && all.length >= some.length) {
                    BestMatches matches = BestMatches.of(some, all);
                    int increasing = IncreasingOrder.longest(matches.counterpart());
                    bound = Math.min(bound, IncreasingOrder.log10Bound(some.length, increasing));
                    share = Math.max(share, share(matches));
                    pairs++;
                }
            }
        }
        return pairs == 0 ? Optional.empty() : Optional.of(evidence(share, Chance.log10AnyOf(pairs, bound)));
    }

    private Evidence evidence(double share, double log10Bound) {
        return new Evidence(
                signal,
                "share of neurons with a counterpart anywhere, best pair of layers",
                share,
                0,
                0,
                log10Bound,
                log10Bound,
                ASSUMPTION);
    }

    private Projection projection() {
        return narrow.transformer().gated() ? Projection.GATE : Projection.UP;
    }

    /** All units of models that are read in full, else the one at a quarter of the depth. */
    private List<Unit> chosen(ModelWeights model) {
        List<Unit> units = model.units().stream()
                .filter(unit -> model.matrix(unit, projection()) != null)
                .toList();
        return narrow.whole() && wide.whole() || units.isEmpty() ? units : List.of(units.get(units.size() / 4));
    }

    private static double[][] usable(UnitRows rows) {
        return IntStream.of(UnitRows.usableInAll(rows.indices(), rows))
                .mapToObj(i -> rows.rows()[i])
                .toArray(double[][]::new);
    }

    private static double share(BestMatches matches) {
        long matched = Arrays.stream(matches.log10E())
                .filter(log10E -> log10E <= LARGEST_LOG10_E)
                .count();
        return (double) matched / matches.log10E().length;
    }
}
