package dev.forebear.cli.inspect;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;

/**
 * Something that keeps a part of the checkpoint from being read.
 *
 * @param failure names file and field, what was expected and what was found
 */
record Problem(CheckpointException failure) {

    String line() {
        return String.valueOf(failure.getMessage());
    }

    /** Whether a file lies about itself, rather than being of a kind that is not read. */
    boolean isMalformed() {
        return failure.reason() == Reason.MALFORMED;
    }
}
