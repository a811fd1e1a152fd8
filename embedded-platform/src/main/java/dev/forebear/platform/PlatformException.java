package dev.forebear.platform;

import org.jspecify.annotations.Nullable;

/** The embedded platform could not start or failed: one line that says which part, what was expected and found. */
public final class PlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PlatformException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
