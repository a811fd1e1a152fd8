package dev.forebear.alerts.policy;

/** A rule that could not be evaluated is told of like one that fired: silence would be taken for clean. */
final class RuleFailure {

    private static final int MAX_REASON = 300;

    private RuleFailure() {}

    static Hit hit(String rule, String modelVersionId, String reason) {
        return new Hit(
                null,
                "Rule " + rule + " could not be evaluated on " + modelVersionId,
                "Nobody knows whether " + modelVersionId + " breaks it: " + Wording.oneLine(reason, MAX_REASON)
                        + ". Correct the rule in the policy file.",
                Hit.Weight.FAILED);
    }
}
