package dev.forebear.match;

import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.ModelFingerprint;
import java.util.List;

/** What registries called models before they were renamed, or call them since. Thread-safe. */
public final class FormerNames {

    private final ModelChanges changes = ModelChanges.untied();

    /** Takes note of a change; those that rename nothing do no harm. */
    public void add(ModelChanged change) {
        changes.apply(change);
    }

    /** Names that the model had or has besides the one that it was uploaded under. */
    public List<String> of(ModelFingerprint model) {
        return changes.otherNames(model);
    }
}
