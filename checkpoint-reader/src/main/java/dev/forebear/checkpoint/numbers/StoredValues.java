package dev.forebear.checkpoint.numbers;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteOrder;

/**
 * Values of one dtype that lie one after another in a file, little-endian. Nothing is cached. Safe for use by several
 * threads.
 *
 * @param start offset in the source of the first value
 */
public record StoredValues(ByteSource source, long start, Dtype dtype) {

    /** Bytes of one read: large enough for the price of a request, small enough to stay in the cache. */
    private static final int CHUNK = 4 << 20;

    /**
     * Widens {@code count} values from value {@code first} on into {@code into}, from {@code at} on.
     *
     * @param tensor whose values they are, for messages
     * @throws CheckpointException UNSUPPORTED when values of this dtype cannot be widened
     */
    void read(String tensor, long first, int count, float[] into, int at) throws IOException {
        if (!Widening.supports(dtype)) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED,
                    source.name(),
                    "tensor " + tensor + ": expected a dtype of whole real values, found " + dtype);
        }
        int width = dtype.bits() / Byte.SIZE;
        try (Arena arena = Arena.ofConfined()) {
            long size = Math.min((long) count * width, CHUNK);
            var chunk = arena.allocate(size, Long.BYTES).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            int done = 0;
            while (done < count) {
                int step = Math.min(count - done, chunk.capacity() / width);
                chunk.clear().limit(step * width);
                source.read(start + (first + done) * width, chunk);
                Widening.widen(dtype, chunk.flip(), into, at + done, step);
                done += step;
            }
        }
    }
}
