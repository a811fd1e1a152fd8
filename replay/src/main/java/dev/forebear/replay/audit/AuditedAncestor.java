package dev.forebear.replay.audit;

import dev.forebear.schemas.wire.LineageMatch;

/**
 * An ancestor that the weights prove.
 *
 * @param match of the replay; of the time when it is gone
 */
public record AuditedAncestor(Change change, LineageMatch match) {

    /** Against the report of the time. */
    public enum Change {
        /** Proven now, and not then. */
        NEW,
        /** Proven then, and not now. */
        GONE,
        /** Proven then and now. */
        UNCHANGED
    }
}
