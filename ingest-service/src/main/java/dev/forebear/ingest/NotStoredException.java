package dev.forebear.ingest;

/** The broker did not acknowledge in time; the sender has to try again. */
final class NotStoredException extends Exception {

    private static final long serialVersionUID = 1L;

    NotStoredException(String message, Throwable cause) {
        super(message, cause);
    }
}
