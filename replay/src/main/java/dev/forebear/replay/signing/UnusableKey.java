package dev.forebear.replay.signing;

/** A file does not hold a key that can be used here. */
public final class UnusableKey extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    UnusableKey(String message) {
        super(message);
    }
}
