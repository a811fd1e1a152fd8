package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of one stored object at one revision, read by range. Safe for use by several threads. */
public interface ByteSource {

    /** File name relative to its checkpoint, for messages. */
    String name();

    /** Size in bytes, fixed when the source was opened. */
    long size();

    /** How far away its bytes are. */
    default Distance distance() {
        return Distance.NETWORK;
    }

    /**
     * Fills {@code target} from its position to its limit with the bytes that start at {@code offset}.
     *
     * @throws dev.forebear.checkpoint.CheckpointException if the object changed since it was opened or the range lies
     *     outside it
     * @throws IOException if the store could not be reached within the bounded retries
     */
    void read(long offset, ByteBuffer target) throws IOException;

    /**
     * Reads the whole object.
     *
     * @param limit most bytes that are read, so that a hostile size is never allocated
     * @throws CheckpointException REFUSED if the object is larger
     */
    default byte[] readAll(int limit) throws IOException {
        if (size() > limit) {
            throw new CheckpointException(
                    CheckpointException.Reason.REFUSED,
                    name(),
                    "expected at most " + limit + " bytes, found " + size());
        }
        var bytes = new byte[Math.toIntExact(size())];
        read(0, ByteBuffer.wrap(bytes));
        return bytes;
    }
}
