package dev.forebear.signals.confirmation;

import dev.forebear.signals.evidence.Evidence;
import dev.forebear.signals.evidence.ExactFunctionals;
import dev.forebear.signals.weights.Anchors;
import dev.forebear.signals.weights.Findings;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.SharedTokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All statistics of two models whose weights are both at hand.
 *
 * @param deciding evidence that the verdict rests on
 * @param reported evidence that it does not rest on
 * @param families statistics that may have been tried for a decision, which all count
 * @param layers z and similarity of every pair of layers; null when rows could not be compared
 * @param columns dimensions that were dropped, reordered or negated; null without any
 * @param sharedFunction cosine of the functionals; NaN when fewer than 128 tokens are shared
 * @param nullPValues p-values before any choice, for calibration
 * @param notComparable "signal: why"
 */
public record WeightComparison(
        List<Evidence> deciding,
        List<Evidence> reported,
        int families,
        @Nullable LayerMatrix layers,
        @Nullable ColumnMap columns,
        double sharedFunction,
        List<NullPValues> nullPValues,
        List<String> notComparable) {

    private static final int TOKENS = 1024;

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
        Optional<ExactFunctionals> functionals =
                ExactFunctionals.of(a.transformer(), b.transformer(), shared, exact.best(), notComparable);
        List<Evidence> reported = new ArrayList<>(exact.reported());
        functionals.ifPresentOrElse(
                found -> reported.addAll(evidence(found)),
                () -> notComparable.add("functionals: expected at least " + Anchors.FEWEST + " shared tokens, found "
                        + shared.first().size()));
        return new WeightComparison(
                exact.deciding(),
                reported,
                ExactStatistics.FAMILIES,
                exact.layers(),
                exact.columns(),
                functionals.map(ExactFunctionals::sharedFunction).orElse(Double.NaN),
                exact.nullPValues(),
                notComparable.lines());
    }

    private static List<Evidence> evidence(ExactFunctionals functionals) {
        return List.of(
                functional("cosine of the MLP functional, best pair of layers", functionals.feedForward()),
                functional("cosine of the attention functional, best pair of layers", functionals.queryKey()));
    }

    // Independent models converge to similar functions, so there is no exact null and no p-value.
    private static Evidence functional(String statistic, double[][] cosines) {
        return new Evidence(
                "functionals",
                statistic,
                ExactFunctionals.largest(cosines),
                0,
                0.03,
                0,
                0,
                "none: guards against a shared initialisation, proves nothing");
    }
}
