package dev.forebear.worker;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.schemas.DeadLetterReason;
import java.util.Locale;

/** Why a checkpoint could not be analysed. */
enum Cause {
    /** A file that belongs to the checkpoint is not there; the upload may still be under way. */
    MISSING,
    /** A file is not what it says. */
    MALFORMED,
    /** A format or architecture that is not read. */
    UNSUPPORTED,
    /** The weights changed while they were read. */
    CHANGED,
    /** The store could not be reached. */
    UNREACHABLE,
    /** The location is outside the configured stores. */
    REFUSED,
    /** A file would run code in whoever loads it as its format provides. */
    UNSAFE,
    /** We are wrong, or the file found a way to make us so. */
    INTERNAL;

    static Cause of(CheckpointException.Reason reason) {
        return switch (reason) {
            case MISSING -> MISSING;
            case MALFORMED -> MALFORMED;
            case UNSUPPORTED -> UNSUPPORTED;
            case CHANGED -> CHANGED;
            case REFUSED -> REFUSED;
            case UNSAFE -> UNSAFE;
        };
    }

    /** The word on the wire and in metrics. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Under which an upload that ends so is put aside. */
    DeadLetterReason deadLetterReason() {
        return switch (this) {
            case MALFORMED -> DeadLetterReason.MALFORMED;
            case UNSUPPORTED -> DeadLetterReason.UNSUPPORTED;
            case MISSING, CHANGED, UNREACHABLE -> DeadLetterReason.EXHAUSTED;
            case REFUSED, UNSAFE, INTERNAL -> DeadLetterReason.UNUSABLE;
        };
    }
}
