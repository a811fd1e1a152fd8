package dev.forebear.signals.confirmation;

import dev.forebear.checkpoint.plan.ReadStep;
import dev.forebear.signals.laundered.LaunderedComparison;
import dev.forebear.signals.laundered.TokenFreeAlignment;
import dev.forebear.signals.weights.Anchors;
import dev.forebear.signals.weights.Findings;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.SharedTokens;
import java.util.ArrayList;
import java.util.List;

/** What {@link WeightComparison} reads, statistic by statistic, where none ends the search for another. */
public final class ComparisonSteps {

    private ComparisonSteps() {}

    /** To be run in this order, once. */
    public static List<ReadStep> of(ModelWeights a, ModelWeights b) {
        SharedTokens shared = SharedTokens.between(a, b, WeightComparison.TOKENS);
        List<ReadStep> steps = new ArrayList<>();
        steps.add(new ReadStep("exact statistics", () -> ExactStatistics.of(a, b, shared, new Findings())));
        steps.add(new ReadStep("shared function", () -> LaunderedComparison.between(a, b, shared, null)));
        if (shared.first().size() < Anchors.FEWEST) {
            steps.add(new ReadStep("alignment without tokens", () -> TokenFreeAlignment.between(a, b)));
        }
        return List.copyOf(steps);
    }
}
