package dev.forebear.signals.laundered;

import dev.forebear.signals.evidence.Evidence;
import java.util.ArrayList;
import java.util.List;

/** Words and nulls of the statistics of this package. */
final class LaunderedEvidence {

    static final String AGREEMENT = "neuron-agreement";
    static final String FEED_FORWARD = "feed-forward-function";
    static final String QUERY_KEY = "query-key-function";
    static final String VALUE_OUTPUT = "value-output-function";

    private static final String BINOMIAL = "assumed, not proven: neurons of independently trained models agree one by"
            + " one, each with a chance of at most 15 %; measured up to 7 %";
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
                    0.03,
                    0.02,
                    agreement.log10PValue(),
                    0,
                    BINOMIAL));
        }
        add(all, FEED_FORWARD, "cosine of what the MLP does to shared tokens, best pair of layers", feedForward);
        add(all, QUERY_KEY, "cosine of attention logits of shared tokens, best pair of layers", queryKey);
        add(all, VALUE_OUTPUT, "cosine of what attention writes for shared tokens, best pair of layers", valueOutput);
        return all;
    }

    private static void add(List<Evidence> all, String signal, String statistic, double value) {
        if (!Double.isNaN(value)) {
            all.add(new Evidence(signal, statistic, value, 0.02, 0.02, 0, 0, NO_P_VALUE));
        }
    }

    static List<String> allMissing(String why) {
        return List.of(
                AGREEMENT + ": " + why, FEED_FORWARD + ": " + why, QUERY_KEY + ": " + why, VALUE_OUTPUT + ": " + why);
    }

    /** Collects why a value is NaN. */
    record Missing(List<String> lines, Scope scope) {

        void unless(String signal, double value, String why) {
            if (Double.isNaN(value)) {
                lines.add(signal + ": " + why);
            }
        }

        String mlp() {
            return scope.feedForward() ? "expected weights of up and down that respond, found none" : tooLarge();
        }

        String attention() {
            return "expected query and key weights of whole heads that respond, found none in one";
        }

        String values() {
            return scope.valueOutput()
                    ? "expected value and output weights of whole heads that respond, found none in one"
                    : tooLarge();
        }

        private static String tooLarge() {
            return "expected at most " + Scope.MOST_BYTES / 1_000_000 + " MB to read for it, found more";
        }
    }
}
