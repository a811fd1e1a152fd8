package dev.forebear.checkpoint.pickle;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle from front to back, read in pieces; every length is compared with what is left. */
final class PickleInput {

    /** Twenty times the pickle of the largest published shard. */
    static final int SIZE_LIMIT = 64 << 20;

    private static final int PIECE = 256 << 10;
    private static final int LINE_LIMIT = 1 << 20;

    private final ByteSource source;
    private final long end;
    private long next;
    private ByteBuffer piece = ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);

    /** @param start offset of the first byte of the pickle */
    PickleInput(ByteSource source, long start) {
        this.source = source;
        this.next = start;
        this.end = Math.min(source.size(), start + SIZE_LIMIT);
    }

    /** Offset in the source of the next byte. */
    long position() {
        return next - piece.remaining();
    }

    int unsignedByte() throws IOException {
        return Byte.toUnsignedInt(buffered(Byte.BYTES).get());
    }

    int unsignedShort() throws IOException {
        return Short.toUnsignedInt(buffered(Short.BYTES).getShort());
    }

    int signedInt() throws IOException {
        return buffered(Integer.BYTES).getInt();
    }

    long unsignedInt() throws IOException {
        return Integer.toUnsignedLong(signedInt());
    }

    long signedLong() throws IOException {
        return buffered(Long.BYTES).getLong();
    }

    /** A number of eight bytes, the only one that pickles hold with the highest byte first. */
    double bigEndianDouble() throws IOException {
        return Double.longBitsToDouble(Long.reverseBytes(signedLong()));
    }

    String text(long length) throws IOException {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    byte[] bytes(long length) throws IOException {
        need(length);
        var bytes = new byte[(int) length];
        int kept = Math.min(piece.remaining(), bytes.length);
        piece.get(bytes, 0, kept);
        if (kept < bytes.length) {
            source.read(next, ByteBuffer.wrap(bytes, kept, bytes.length - kept));
            next += bytes.length - kept;
        }
        return bytes;
    }

    void skip(long length) throws IOException {
        need(length);
        int kept = (int) Math.min(piece.remaining(), length);
        piece.position(piece.position() + kept);
        next += length - kept;
    }

    /** A line without its end. */
    String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int character = unsignedByte(); character != '\n'; character = unsignedByte()) {
            if (line.size() == LINE_LIMIT) {
                throw new CheckpointException(
                        Reason.REFUSED,
                        source.name(),
                        "pickle, byte " + position() + ": expected a line of at most " + LINE_LIMIT
                                + " bytes, found more");
            }
            line.write(character);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private ByteBuffer buffered(int count) throws IOException {
        if (piece.remaining() < count) {
            need(count);
            var longer =
                    ByteBuffer.allocate((int) Math.min(PIECE, end - position())).order(ByteOrder.LITTLE_ENDIAN);
            longer.put(piece);
            next += longer.remaining();
            source.read(next - longer.remaining(), longer);
            piece = longer.flip();
        }
        return piece;
    }

    private void need(long count) throws CheckpointException {
        long left = end - position();
        if (count >= 0 && count <= left) {
            return;
        }
        boolean capped = end < source.size();
        throw new CheckpointException(
                capped ? Reason.REFUSED : Reason.MALFORMED,
                source.name(),
                capped
                        ? "pickle: expected at most " + SIZE_LIMIT + " bytes, found more"
                        : "pickle, byte " + position() + ": expected at most the " + left + " bytes that follow, found "
                                + Long.toUnsignedString(count));
    }
}
