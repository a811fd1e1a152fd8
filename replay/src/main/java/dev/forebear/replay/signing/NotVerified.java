package dev.forebear.replay.signing;

/** A signature, or what it was put on, is not what it should be. */
public final class NotVerified extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotVerified(String message) {
        super(message);
    }
}
