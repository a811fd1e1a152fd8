package dev.forebear.schemas;

import java.util.Locale;

/** What the broker does with old records of a topic. */
public enum Cleanup {
    /** Drops records when they are older than the retention. */
    DELETE,
    /** Keeps the last record of every key. */
    COMPACT;

    /** Value of {@code cleanup.policy}. */
    String policy() {
        return name().toLowerCase(Locale.ROOT);
    }
}
