package dev.forebear.replay.signing;

import java.io.IOException;

/** A file does not hold a key that can be used here. */
public final class UnusableKey extends IOException {

    private static final long serialVersionUID = 1;

    UnusableKey(String message) {
        super(message);
    }
}
