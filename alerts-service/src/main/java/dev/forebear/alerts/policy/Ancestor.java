package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.LineageMatch;
import org.jspecify.annotations.Nullable;

/**
 * A model that another shares lineage with, near or far.
 *
 * @param match what the weights say; of an ancestor that only another model's report names, the match of that report
 * @param depth steps to it, 1 for a parent; 0 for the model itself, which is quarantined
 * @param way how it was reached
 * @param through the model version whose report names it, when that is not the model itself; null when it is
 */
public record Ancestor(
        LineageMatch match, int depth, Way way, @Nullable String through) {

    /** How an ancestor was reached. */
    public enum Way {
        /** Over parents of parents, or over the nearest where no parent is known: the model was made from it. */
        STEPS,
        /** Proven, but no steps lead to it: perhaps it stands on another branch of the family. */
        REMOTE
    }

    public Ancestor {
        if (depth < 0) {
            throw new IllegalArgumentException("depth: expected 0 or more, found " + depth);
        }
    }
}
