package dev.forebear.replay.audit;

import dev.forebear.replay.audit.AuditedAncestor.Change;
import org.jspecify.annotations.Nullable;

/** A finding and the model that it is about. */
record Found(AuditedModel model, AuditedFinding finding) {

    /** What became of its ancestor since the report of the time; null when it is about none, or none that is proven. */
    @Nullable
    Change change() {
        if (finding.ancestor() == null) {
            return null;
        }
        String id = finding.ancestor().getModelVersionId();
        return model.ancestors().stream()
                .filter(ancestor -> ancestor.match().getModelVersionId().equals(id))
                .map(AuditedAncestor::change)
                .findFirst()
                .orElse(null);
    }
}
