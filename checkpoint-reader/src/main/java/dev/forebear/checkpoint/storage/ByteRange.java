package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;

/** Bytes {@code offset} to {@code offset + length - 1} of an object. */
public record ByteRange(long offset, long length) {

    public static ByteRange of(long offset, long length) {
        return new ByteRange(offset, length);
    }

    /** @throws CheckpointException MALFORMED unless the range lies inside an object of this size */
    public void within(long size, String name) throws CheckpointException {
        if (offset < 0 || length < 0 || offset > size || length > size - offset) {
            throw new CheckpointException(
                    Reason.MALFORMED,
                    name,
                    "expected a range within " + size + " bytes, found " + length + " bytes at " + offset);
        }
    }
}
