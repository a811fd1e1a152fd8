package dev.forebear.signals.laundered;

import dev.forebear.signals.evidence.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Words and nulls of the statistics of this package. */
final class LaunderedEvidence {

    static final String AGREEMENT = "neuron-agreement";
    static final String FEED_FORWARD = "feed-forward-function";
    static final String QUERY_KEY = "query-key-function";
    static final String VALUE_OUTPUT = "value-output-function";

    static final String TOKEN_FREE = "token-free-alignment";

    private static final String TOO_LARGE =
            "expected at most " + Scope.MOST_BYTES / 1_000_000 + " MB to read of both together, found more";
    private static final String BINOMIAL = "assumed, not proven: neurons of independently trained models agree one by"
            + " one, each with a chance of at most 15 %; seen were at most 6 %";
    private static final String NO_P_VALUE = "none: independent models learn similar functions, so the value is held"
            + " against the largest seen between unrelated models, and no p-value is stated";

    private LaunderedEvidence() {}

    /** Whatever could be computed. Mean and deviation of the null are those of the unrelated models of the zoo. */
    static List<Evidence> of(MatchAgreement agreement, double feedForward, double queryKey, double valueOutput) {
        List<Evidence> all = new ArrayList<>();
        if (!Double.isNaN(agreement.value())) {
            all.add(new Evidence(
                    AGREEMENT,
                    "share of neurons whose counterpart is the same by gate as by up or down, best pair of layers",
                    agreement.value(),
                    0.022,
                    0.007,
                    agreement.log10PValue(),
                    0,
                    BINOMIAL));
        }
        add(
                all,
                FEED_FORWARD,
                "cosine of what the MLP does to shared tokens, best pair of layers",
                feedForward,
                0.013,
                0.010);
        add(all, QUERY_KEY, "cosine of attention logits of shared tokens, best pair of layers", queryKey, 0.016, 0.012);
        add(
                all,
                VALUE_OUTPUT,
                "cosine of what attention writes for shared tokens, best pair of layers",
                valueOutput,
                0.024,
                0.015);
        return all;
    }

    private static void add(
            List<Evidence> all, String signal, String statistic, double value, double mean, double deviation) {
        if (!Double.isNaN(value)) {
            all.add(new Evidence(signal, statistic, value, mean, deviation, 0, 0, NO_P_VALUE));
        }
    }

    /** Why a value is missing, "signal: why" each. */
    static List<String> missing(
            Scope scope, MatchAgreement agreement, double feedForward, double queryKey, double valueOutput) {
        List<String> missing = new ArrayList<>();
        if (Double.isNaN(agreement.value())) {
            missing.add(AGREEMENT + ": expected MLPs of one kind with at least " + MatchAgreement.FEWEST
                    + " neurons in each that respond to tokens, found none");
        }
        if (Double.isNaN(feedForward)) {
            missing.add(FEED_FORWARD + ": "
                    + (scope.feedForward() ? "expected up and down that respond to tokens, found none" : TOO_LARGE));
        }
        if (Double.isNaN(queryKey)) {
            missing.add(QUERY_KEY + ": "
                    + (scope.queryKey()
                            ? "expected query and key of whole heads that respond to tokens, found none"
                            : TOO_LARGE));
        }
        if (Double.isNaN(valueOutput)) {
            missing.add(VALUE_OUTPUT + ": "
                    + (scope.valueOutput()
                            ? "expected value and output of whole heads that respond to tokens, found none"
                            : TOO_LARGE));
        }
        return missing;
    }

    /** What an alignment without tokens says; empty where it says nothing. */
    static Optional<Evidence> of(TokenFreeAlignment alignment) {
        return Double.isNaN(alignment.valueOutput())
                ? Optional.empty()
                : Optional.of(new Evidence(
                        TOKEN_FREE,
                        "cosine of value and output products after aligning neurons, first clear pair of layers",
                        alignment.valueOutput(),
                        0.08,
                        0.02,
                        0,
                        0,
                        NO_P_VALUE));
    }

    static List<String> allMissing(String why) {
        return List.of(
                AGREEMENT + ": " + why, FEED_FORWARD + ": " + why, QUERY_KEY + ": " + why, VALUE_OUTPUT + ": " + why);
    }
}
