package dev.forebear.signals.confirmation;

import dev.forebear.checkpoint.WeightMatrix;
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
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the neurons of a narrower MLP match neurons of a wider one in increasing order: each is matched with the most
 * similar row of the other model, whatever its number. Of small models every pair of layers is tried, of large ones two
 * layers, and the first {@value #MOST_SEARCHED} rows of the wider one.
 */
final class OrderTest {

    private static final int MOST_ROWS = 128;
    private static final int MOST_SEARCHED = 2048;
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
            double[][] all = UnitRows.all(ofWide.apply(searched(unit)));
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

    /** All units of models that are read in full, else the ones at a quarter and at half of the depth. */
    private List<Unit> chosen(ModelWeights model) {
        List<Unit> units = model.units().stream()
                .filter(unit -> model.matrix(unit, projection()) != null)
                .toList();
        return narrow.whole() && wide.whole() || units.isEmpty()
                ? units
                : Stream.of(units.size() / 4, units.size() / 2)
                        .distinct()
                        .map(units::get)
                        .toList();
    }

    /** Rows of the wider model among which counterparts are looked for: where order was kept they come early. */
    private double[][] searched(Unit unit) throws IOException {
        WeightMatrix matrix = Objects.requireNonNull(wide.matrix(unit, projection()));
        return wide.range(unit, projection(), 0, Math.min(MOST_SEARCHED, matrix.rows()));
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
