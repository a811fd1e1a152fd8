package dev.forebear.checkpoint;

import java.io.IOException;

/**
 * The checkpoint itself cannot be read; trying again would not help. Other {@link IOException}s mean that the world
 * failed and are worth a retry.
 */
public final class CheckpointException extends IOException {

    /** Why a checkpoint cannot be read. */
    public enum Reason {
        MISSING,
        MALFORMED,
        UNSUPPORTED,
        CHANGED,
        REFUSED
    }

    private final Reason reason;
    private final String file;

    /**
     * @param file file name, or the location when no single file is to blame
     * @param message one line: tensor or field, what was expected, what was found
     */
    public CheckpointException(Reason reason, String file, String message) {
        super(file + ": " + message);
        this.reason = reason;
        this.file = file;
    }

    public Reason reason() {
        return reason;
    }

    public String file() {
        return file;
    }
}
