package dev.forebear.ingest.sender;

import dev.forebear.schemas.DeadLetterReason;

/** An announcement cannot be used; the message is one line: which field, expected, found. */
public final class NotUnderstoodException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final DeadLetterReason reason;

    NotUnderstoodException(DeadLetterReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public static NotUnderstoodException malformed(String message) {
        return new NotUnderstoodException(DeadLetterReason.MALFORMED, message);
    }

    public static NotUnderstoodException unusable(String message) {
        return new NotUnderstoodException(DeadLetterReason.UNUSABLE, message);
    }

    Outcome.PutAside putAside() {
        return new Outcome.PutAside(reason, String.valueOf(getMessage()));
    }

    boolean isMalformed() {
        return reason == DeadLetterReason.MALFORMED;
    }
}
