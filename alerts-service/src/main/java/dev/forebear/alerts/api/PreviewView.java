package dev.forebear.alerts.api;

import dev.forebear.alerts.Count;
import dev.forebear.alerts.Effect;
import dev.forebear.alerts.policy.PolicyProblem;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy would find in everything that is known, as far as it was counted.
 *
 * @param id null when it was counted at once
 * @param policyVersion of the text; null when it is no policy
 * @param done model versions looked at so far
 * @param problems what is wrong with the text; nothing is counted then
 * @param problem why it failed
 */
record PreviewView(
        @Nullable String id,
        @Nullable String policyVersion,
        String state,
        long done,
        long total,
        List<PolicyProblem> problems,
        @Nullable String problem,
        List<RuleCount> rules) {

    /** What a rule finds with the text, against today. */
    record RuleCount(String rule, long findings, long appearing, long staying, long going, List<Sample> samples) {

        private static RuleCount of(String rule, Effect.OfRule effect) {
            return new RuleCount(
                    rule,
                    effect.opens() + effect.stays(),
                    effect.opens(),
                    effect.stays(),
                    effect.resolves(),
                    effect.samples().stream().map(Sample::of).toList());
        }
    }

    /** A finding. */
    record Sample(
            String change,
            String alertId,
            String modelVersionId,
            @Nullable String baseModelId,
            String severity,
            String title) {

        private static Sample of(Effect.Sample sample) {
            String change =
                    switch (sample.change()) {
                        case OPENS -> "appearing";
                        case STAYS -> "staying";
                        case RESOLVES -> "going";
                    };
            return new Sample(
                    change,
                    sample.alertId(),
                    sample.derivedModelVersionId(),
                    sample.baseModelId(),
                    Json.word(sample.severity()),
                    sample.title());
        }
    }

    static PreviewView refused(List<PolicyProblem> problems) {
        return new PreviewView(null, null, "done", 0, 0, problems, null, List.of());
    }

    static PreviewView of(@Nullable String id, String policyVersion, Count count) {
        boolean done = count.isDone();
        String problem = count.problem().orElse(null);
        Effect effect = count.effect();
        return new PreviewView(
                id,
                policyVersion,
                done ? "done" : problem == null ? "running" : "failed",
                effect.counted(),
                effect.reports(),
                List.of(),
                problem,
                effect.rules().entrySet().stream()
                        .map(entry -> RuleCount.of(entry.getKey(), entry.getValue()))
                        .sorted(Comparator.comparing(RuleCount::rule))
                        .toList());
    }
}
