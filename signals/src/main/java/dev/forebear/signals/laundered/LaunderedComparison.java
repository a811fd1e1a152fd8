package dev.forebear.signals.laundered;

import dev.forebear.signals.evidence.Evidence;
import dev.forebear.signals.statistics.Counterparts;
import dev.forebear.signals.weights.Anchors;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.SharedTokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left of the resemblance of two models when neurons were reordered, the residual stream rotated and weights
 * rescaled. Every number is NaN where it cannot be had. Nothing here has an exact null: independent models grow alike
 * as they learn, so values are held against what unrelated models reach ({@link Decoys}).
 *
 * @param agreement share of neurons whose counterpart is the same by different projections, best pair of units
 * @param feedForward cosine of what the MLPs do to shared tokens, best pair of units
 * @param queryKey the same of attention logits
 * @param valueOutput the same of what attention writes; also grows in students of a teacher, so it decides nothing
 * @param sharedFunction mean of MLP and attention logits over the better half of the layers, which tells a shared
 *     initialisation from lineage
 * @param tokenFreeValueOutput cosine of value and output products once coordinates were aligned without tokens; NaN
 *     unless asked for
 * @param tokenFreeQueryKey the same of query and key
 * @param cells pairs of units compared
 * @param evidence each with its null in words
 * @param notComparable "signal: why"
 */
public record LaunderedComparison(
        double agreement,
        double feedForward,
        double queryKey,
        double valueOutput,
        double sharedFunction,
        double tokenFreeValueOutput,
        double tokenFreeQueryKey,
        int cells,
        List<Evidence> evidence,
        List<String> notComparable) {

    /** Agreement from which on neurons have counterparts: independent models stay below a quarter of it. */
    public static final double LEAST_AGREEMENT = 0.30;

    public LaunderedComparison {
        evidence = List.copyOf(evidence);
        notComparable = List.copyOf(notComparable);
    }

    /** Symmetric in the two. */
    public static LaunderedComparison between(ModelWeights a, ModelWeights b, SharedTokens shared) throws IOException {
        return between(a, b, shared, null);
    }

    /**
     * Symmetric in the two.
     *
     * @param likeliest the pair of units that is read of large models, for example that whose rows agree best; null
     *     when nothing speaks for any
     * @throws IOException if a storage could not be read
     */
    public static LaunderedComparison between(
            ModelWeights a, ModelWeights b, SharedTokens shared, @Nullable UnitPair likeliest) throws IOException {
        int tokens = shared.first().size();
        if (tokens < Anchors.FEWEST) {
            return none("expected at least " + Anchors.FEWEST + " shared tokens, found " + tokens);
        }
        if (a.units().isEmpty() || b.units().isEmpty()) {
            return none("expected MLPs in both models, found none in one");
        }
        List<Probes> probes = Probes.of(a, b, shared);
        TokenResponses responsesOfA = new TokenResponses(a, probes.get(0));
        TokenResponses responsesOfB = new TokenResponses(b, probes.get(1));
        Scope scope = Scope.of(a, b, likeliest);
        FunctionCosines functions = FunctionCosines.of(
                UnitFunctions.of(responsesOfA, scope.first(), scope),
                UnitFunctions.of(responsesOfB, scope.second(), scope));
        MatchAgreement agreement = MatchAgreement.best(responsesOfA, responsesOfB, functions.mostAlikeFirst(), scope);
        return of(scope, functions, agreement);
    }

    /** With what {@link TokenFreeAlignment} found, which is run only when asked for. */
    public LaunderedComparison with(TokenFreeAlignment alignment) {
        List<Evidence> found = new ArrayList<>(evidence);
        LaunderedEvidence.of(alignment).ifPresent(found::add);
        List<String> missing = new ArrayList<>(notComparable);
        if (!alignment.why().isEmpty()) {
            missing.add(LaunderedEvidence.TOKEN_FREE + ": " + alignment.why());
        }
        return new LaunderedComparison(
                agreement,
                feedForward,
                queryKey,
                valueOutput,
                sharedFunction,
                alignment.valueOutput(),
                alignment.queryKey(),
                cells,
                found,
                missing);
    }

    /** Whether neurons have counterparts, as those of relatives have and those that share an initialisation. */
    public boolean neuronsAgree() {
        return agreement >= LEAST_AGREEMENT;
    }

    /** Whether one comes from weights of the other, or both from a third, as far as no exact test can say it. */
    public boolean showsLineage(Decoys decoys) {
        return neuronsAgree() && decoys.exceededBy(this) || tokenFreeValueOutput >= decoys.tokenFreeBar();
    }

    private static LaunderedComparison of(Scope scope, FunctionCosines functions, MatchAgreement agreement) {
        double feedForward = FunctionCosines.largest(functions.feedForward());
        double queryKey = FunctionCosines.largest(functions.queryKey());
        double valueOutput = FunctionCosines.largest(functions.valueOutput());
        double shared = Double.isNaN(feedForward) && Double.isNaN(queryKey)
                ? Double.NaN
                : Counterparts.meanOfBetterHalf(functions.shared());
        return new LaunderedComparison(
                agreement.value(),
                feedForward,
                queryKey,
                valueOutput,
                shared,
                Double.NaN,
                Double.NaN,
                scope.first().size() * scope.second().size(),
                LaunderedEvidence.of(agreement, feedForward, queryKey, valueOutput),
                LaunderedEvidence.missing(scope, agreement, feedForward, queryKey, valueOutput));
    }

    private static LaunderedComparison none(String why) {
        double none = Double.NaN;
        return new LaunderedComparison(
                none, none, none, none, none, none, none, 0, List.of(), LaunderedEvidence.allMissing(why));
    }
}
