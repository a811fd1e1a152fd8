package dev.forebear.checkpoint.gguf;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The numbers and strings of a header, one after another, each checked against the end of the file. */
final class GgufInput {

    /** Twice the largest header of a published model, whose vocabulary takes most of it. */
    private static final long HEADER_LIMIT = 64 << 20;

    private static final int CHUNK = 1 << 20;

    private final ByteSource source;
    private final ByteBuffer buffer;
    private long position;

    GgufInput(ByteSource source) {
        this.source = source;
        this.buffer = ByteBuffer.allocate((int) Math.min(CHUNK, source.size())).order(ByteOrder.LITTLE_ENDIAN);
        buffer.limit(0);
    }

    /** Where the next byte lies in the file. */
    long position() {
        return position - buffer.remaining();
    }

    int u8(String where) throws IOException {
        return Byte.toUnsignedInt(take(Byte.BYTES, where).get());
    }

    int u16(String where) throws IOException {
        return Short.toUnsignedInt(take(Short.BYTES, where).getShort());
    }

    int i32(String where) throws IOException {
        return take(Integer.BYTES, where).getInt();
    }

    long i64(String where) throws IOException {
        return take(Long.BYTES, where).getLong();
    }

    float f32(String where) throws IOException {
        return take(Float.BYTES, where).getFloat();
    }

    double f64(String where) throws IOException {
        return take(Double.BYTES, where).getDouble();
    }

    /** A count of things that take at least {@code width} bytes each, so that no more are made than there are. */
    int count(String where, int width, int limit) throws IOException {
        long count = i64(where);
        if (count < 0 || count > limit) {
            throw new CheckpointException(
                    count < 0 ? Reason.MALFORMED : Reason.REFUSED,
                    source.name(),
                    where + ": expected at most " + limit + ", found " + Long.toUnsignedString(count));
        }
        if (count * width > left()) {
            throw malformed(where + ": expected " + left() + " bytes at most, found " + count * width);
        }
        return (int) count;
    }

    /** A string of at most {@code limit} bytes. */
    String string(String where, int limit) throws IOException {
        int length = count(where, 1, limit);
        var bytes = new byte[length];
        int done = 0;
        while (done < length) {
            int step = Math.min(length - done, buffer.capacity());
            take(step, where).get(bytes, done, step);
            done += step;
        }
        // Vocabularies may hold tokens that end inside a character: those bytes become U+FFFD.
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private long left() {
        return Math.min(source.size(), HEADER_LIMIT) - position();
    }

    private ByteBuffer take(int count, String where) throws IOException {
        if (count > left()) {
            throw source.size() > HEADER_LIMIT
                    ? new CheckpointException(
                            Reason.REFUSED,
                            source.name(),
                            where + ": expected a header of at most " + HEADER_LIMIT + " bytes, found more")
                    : malformed(where + ": expected " + count + " bytes, found the end of the file");
        }
        if (buffer.remaining() < count) {
            buffer.compact().limit((int) Math.min(buffer.capacity(), buffer.position() + source.size() - position));
            int before = buffer.position();
            source.read(position, buffer);
            position += buffer.position() - before;
            buffer.flip();
        }
        return buffer;
    }

    CheckpointException malformed(String message) {
        return new CheckpointException(Reason.MALFORMED, source.name(), message);
    }
}
