package dev.forebear.schemas;

import java.util.Locale;

/** Why something was put aside, in one word for counting. */
public enum DeadLetterReason {
    /** The bytes are no record of the topic. */
    UNDECODABLE,
    /** The content breaks its own format. */
    MALFORMED,
    /** The content is sound, but of a kind that is not handled. */
    UNSUPPORTED,
    /** Authenticated and sound, but nothing follows from it. */
    UNUSABLE,
    /** The world failed until the last attempt. */
    EXHAUSTED;

    /** The word in {@code DeadLetter.reason}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
