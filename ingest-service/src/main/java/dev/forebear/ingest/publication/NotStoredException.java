package dev.forebear.ingest.publication;

import org.jspecify.annotations.Nullable;

/** The broker did not acknowledge in time; the caller has to try again. */
public final class NotStoredException extends Exception {

    private static final long serialVersionUID = 1L;

    public NotStoredException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
