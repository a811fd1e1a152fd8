package dev.forebear.alerts.api;

import dev.forebear.alerts.policy.Chance;
import dev.forebear.alerts.readmodel.FamilyTree.Declaration;
import dev.forebear.alerts.readmodel.FamilyTree.Proof;
import dev.forebear.alerts.readmodel.FamilyTree.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One who descends from a model, or whom it descends from.
 *
 * @param id model version id; of a base that is declared and not known here, its name as declared
 * @param through the one before, on the way from the model
 * @param proven whether the weights prove every step of the way
 * @param evidence for the step to the one before: {@code weights}, {@code declaration} or {@code both}
 * @param steps to all those that are nearer and of the same family, the one on the way first
 * @param alerts on the model that are not resolved
 * @param severity of the most severe of them
 * @param quarantined whether it is quarantined itself
 */
record RelativeView(
        String id,
        @Nullable String modelId,
        @Nullable String registry,
        boolean known,
        int depth,
        String through,
        boolean proven,
        String evidence,
        List<StepView> steps,
        @Nullable String team,
        @Nullable String owner,
        @Nullable String exposure,
        @Nullable String visibility,
        @Nullable String uploadedBy,
        @Nullable String uploadedAt,
        @Nullable String receivedAt,
        @Nullable String deletedAt,
        @Nullable String licence,
        @Nullable String progress,
        int alerts,
        @Nullable String severity,
        boolean quarantined) {

    /**
     * One was made from the other, or so it is declared; what the weights do not say is null.
     *
     * @param parent whether in one step, as far as the weights tell
     */
    record StepView(
            String derived,
            String base,
            String evidence,
            @Nullable String verdict,
            @Nullable String basis,
            @Nullable Boolean parent,
            @Nullable String kind,
            @Nullable String detail,
            @Nullable Double mergeWeight,
            @Nullable Double log10EValue,
            @Nullable String chance,
            @Nullable DeclarationView declaration) {

        static StepView of(Step step) {
            Proof proof = step.proof();
            DeclarationView declaration = DeclarationView.of(step.declaration());
            String evidence = proof == null ? "declaration" : step.declared() ? "both" : "weights";
            return proof == null
                    ? new StepView(
                            step.derivedId(),
                            step.baseId(),
                            evidence,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            declaration)
                    : new StepView(
                            step.derivedId(),
                            step.baseId(),
                            evidence,
                            proof.verdict(),
                            proof.basis(),
                            proof.direct(),
                            proof.relation(),
                            proof.detail(),
                            proof.mergeWeight(),
                            Json.number(proof.log10EValue()),
                            Chance.words(proof.log10EValue()),
                            declaration);
        }
    }

    /** What somebody wrote. */
    record DeclarationView(String name, @Nullable String relation, String source, String strength) {

        static @Nullable DeclarationView of(@Nullable Declaration declaration) {
            return declaration == null
                    ? null
                    : new DeclarationView(
                            declaration.name(), declaration.relation(), declaration.source(), declaration.strength());
        }
    }
}
