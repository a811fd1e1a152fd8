package dev.forebear.alerts.readmodel;

import org.jspecify.annotations.Nullable;

/** The file of the read model cannot be opened, read or written; the message names the file. */
public final class ReadModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ReadModelException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
