package dev.forebear.signals.confirmation;

import dev.forebear.signals.evidence.Evidence;
import dev.forebear.signals.laundered.LaunderedComparison;
import dev.forebear.signals.laundered.TokenFreeAlignment;
import dev.forebear.signals.laundered.UnitPair;
import dev.forebear.signals.weights.Anchors;
import dev.forebear.signals.weights.Findings;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.SharedTokens;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All statistics of two models whose weights are both at hand.
 *
 * @param deciding evidence with an exact null that a verdict may rest on
 * @param reported all other evidence
 * @param families statistics that may have been tried for a decision, which all count
 * @param layers z and similarity of every pair of layers; null when rows could not be compared
 * @param columns dimensions that were dropped, reordered or negated; null without any
 * @param laundered what is alike whatever the coordinates
 * @param nullPValues p-values before any choice, for calibration
 * @param notComparable "signal: why"
 */
public record WeightComparison(
        List<Evidence> deciding,
        List<Evidence> reported,
        int families,
        @Nullable LayerMatrix layers,
        @Nullable ColumnMap columns,
        LaunderedComparison laundered,
        List<NullPValues> nullPValues,
        List<String> notComparable) {

    /**
     * Mean over the better half of the layers below which the best pair of layers says nothing: models that share an
     * initialisation reach .13, relatives in the zoo start at .23.
     */
    private static final double SMALLEST_MEAN = 0.18;

    private static final double SIGNIFICANT = 6;
    static final int TOKENS = 1024;

    public WeightComparison {
        deciding = List.copyOf(deciding);
        reported = List.copyOf(reported);
        nullPValues = List.copyOf(nullPValues);
        notComparable = List.copyOf(notComparable);
    }

    /**
     * Symmetric in the two.
     *
     * @throws IOException if a storage could not be read
     */
    public static WeightComparison between(ModelWeights a, ModelWeights b) throws IOException {
        Findings notComparable = new Findings();
        SharedTokens shared = SharedTokens.between(a, b, TOKENS);
        ExactStatistics exact = ExactStatistics.of(a, b, shared, notComparable);
        LaunderedComparison byTokens = LaunderedComparison.between(a, b, shared, likeliest(exact));
        LaunderedComparison laundered =
                shared.first().size() < Anchors.FEWEST ? byTokens.with(TokenFreeAlignment.between(a, b)) : byTokens;
        return new WeightComparison(
                exact.deciding(),
                Stream.concat(exact.reported().stream(), laundered.evidence().stream())
                        .toList(),
                ExactStatistics.FAMILIES,
                exact.layers(),
                exact.columns(),
                laundered,
                exact.nullPValues(),
                Stream.concat(notComparable.lines().stream(), laundered.notComparable().stream())
                        .toList());
    }

    /** The best pair of a row test that found nothing is any pair, and would mislead. */
    private static @Nullable UnitPair likeliest(ExactStatistics exact) {
        int[] best = exact.best();
        LayerMatrix layers = exact.layers();
        boolean found = layers != null && best.length > 0 && layers.z()[best[0]][best[1]] >= SIGNIFICANT;
        return found ? new UnitPair(best[0], best[1]) : null;
    }

    /** Whether a verdict may rest on it as on an exact test. */
    public static boolean decides(Evidence evidence) {
        return ExactStatistics.SIGNALS.contains(evidence.signal());
    }

    /**
     * How much of what layers do is shared: the cosine of what they do to tokens of the best pair of layers, or the
     * mean over layers where that is so small that one pair must not speak for all; without shared tokens the cosine of
     * value and output after an alignment without them; NaN when not comparable.
     */
    public double sharedFunction() {
        double largest = Stream.of(laundered.feedForward(), laundered.queryKey())
                .filter(cosine -> !Double.isNaN(cosine))
                .max(Double::compare)
                .orElse(laundered.tokenFreeValueOutput());
        return laundered.sharedFunction() < SMALLEST_MEAN ? laundered.sharedFunction() : largest;
    }
}
