package dev.forebear.ingest.publication;

/** The broker did not acknowledge in time; the caller has to try again. */
public final class NotStoredException extends Exception {

    private static final long serialVersionUID = 1L;

    NotStoredException(String message, Throwable cause) {
        super(message, cause);
    }
}
