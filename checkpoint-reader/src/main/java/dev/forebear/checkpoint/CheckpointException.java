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
        REFUSED,
        /** A file would run code of its own choosing in whoever loads it as its format provides. */
        UNSAFE
    }

    private static final int MESSAGE_LIMIT = 1_000;

    private final Reason reason;
    private final String file;

    /**
     * @param file file name, or the location when no single file is to blame
     * @param message one line: tensor or field, what was expected, what was found
     */
    public CheckpointException(Reason reason, String file, String message) {
        super(oneLine(file + ": " + message));
        this.reason = reason;
        this.file = file;
    }

    // Names and fields come from files: they must not be able to write a second line.
    private static String oneLine(String message) {
        String visible = message.codePoints()
                .map(character -> Character.isISOControl(character) ? '\ufffd' : character)
                .limit(MESSAGE_LIMIT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return visible.length() < message.length() ? visible + "…" : visible;
    }

    public Reason reason() {
        return reason;
    }

    public String file() {
        return file;
    }
}
