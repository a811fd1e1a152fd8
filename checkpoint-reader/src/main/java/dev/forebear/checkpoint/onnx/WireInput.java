package dev.forebear.checkpoint.onnx;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The fields of protobuf messages from front to back, read in small pieces; values that are not wanted are passed over
 * without being read.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protocol Buffers, encoding</a>
 */
final class WireInput {

    static final int VARINT = 0;
    static final int EIGHT_BYTES = 1;
    static final int BYTES = 2;
    static final int FOUR_BYTES = 5;

    /** A hundred times the fields of the largest published graph. */
    private static final int FIELDS_LIMIT = 5_000_000;

    /** Constants are written so, weights are not. */
    private static final int NUMBERS_LIMIT = 2_000_000;

    private static final int PIECE = 16 << 10;
    private static final int TEXT_LIMIT = 10_000;

    private final ByteSource source;
    private ByteBuffer piece = ByteBuffer.allocate(0);
    private long pieceEnd;
    private int fields;
    private int numbers;

    WireInput(ByteSource source) {
        this.source = source;
    }

    /** The number of a field and how its value is written. */
    record Field(int number, int type) {}

    String file() {
        return source.name();
    }

    ByteSource source() {
        return source;
    }

    long position() {
        return pieceEnd - piece.remaining();
    }

    /** Begins the field at the present position of a message that ends at {@code end}. */
    Field field(long end) throws IOException {
        if (++fields > FIELDS_LIMIT) {
            throw new CheckpointException(
                    Reason.REFUSED, file(), "expected at most " + FIELDS_LIMIT + " fields, found more");
        }
        long key = varint(end);
        if (key >>> 3 == 0 || key >>> 3 > Integer.MAX_VALUE >> 2) {
            throw malformed("a field", "number " + (key >>> 3));
        }
        return new Field((int) (key >>> 3), (int) (key & 7));
    }

    long varint(long end) throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int octet = octet(end);
            value |= (long) (octet & 0x7f) << shift;
            if ((octet & 0x80) == 0) {
                return value;
            }
        }
        throw malformed("a number of at most ten bytes", "a longer one");
    }

    /** A number that is kept in memory. */
    long counted(long end) throws IOException {
        if (++numbers > NUMBERS_LIMIT) {
            throw new CheckpointException(
                    Reason.REFUSED,
                    file(),
                    "expected at most " + NUMBERS_LIMIT + " values that are written one by one, found more");
        }
        return varint(end);
    }

    /** Value of a field that holds a number. */
    long number(Field field, long end) throws IOException {
        if (field.type() != VARINT) {
            throw malformed("a number in field " + field.number(), "kind " + field.type());
        }
        return varint(end);
    }

    /** Where the value of a field ends that holds bytes or a message, which begins at the present position then. */
    long enter(Field field, long end) throws IOException {
        if (field.type() != BYTES) {
            throw malformed("bytes in field " + field.number(), "kind " + field.type());
        }
        long length = varint(end);
        if (length < 0 || length > end - position()) {
            throw malformed("at most the " + (end - position()) + " bytes that follow", Long.toUnsignedString(length));
        }
        return position() + length;
    }

    /** Value of a field that holds a name. */
    String text(Field field, long end) throws IOException {
        long length = enter(field, end) - position();
        if (length > TEXT_LIMIT) {
            throw new CheckpointException(
                    Reason.REFUSED, file(), "expected a name of at most " + TEXT_LIMIT + " bytes, found " + length);
        }
        var bytes = new byte[(int) length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) octet(end);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Passes over the value of a field. */
    void skip(Field field, long end) throws IOException {
        switch (field.type()) {
            case VARINT -> varint(end);
            case EIGHT_BYTES -> skip(Long.BYTES, end);
            case FOUR_BYTES -> skip(Integer.BYTES, end);
            case BYTES -> skip(enter(field, end) - position(), end);
            default -> throw malformed("a field of a known kind", "kind " + field.type());
        }
    }

    private void skip(long count, long end) throws CheckpointException {
        if (count > end - position()) {
            throw malformed("at most the " + (end - position()) + " bytes that follow", count + "");
        }
        if (count <= piece.remaining()) {
            piece.position(piece.position() + (int) count);
        } else {
            pieceEnd = position() + count;
            piece = ByteBuffer.allocate(0);
        }
    }

    /** Goes on at a later position. */
    void skipTo(long position) throws CheckpointException {
        skip(position - position(), position);
    }

    private int octet(long end) throws IOException {
        if (position() >= end) {
            throw malformed("a field that ends by byte " + end, "a longer one");
        }
        if (!piece.hasRemaining()) {
            piece = ByteBuffer.allocate((int) Math.min(PIECE, source.size() - pieceEnd));
            source.read(pieceEnd, piece);
            pieceEnd += piece.flip().remaining();
        }
        return Byte.toUnsignedInt(piece.get());
    }

    CheckpointException malformed(String expected, String found) {
        return new CheckpointException(
                Reason.MALFORMED, file(), "byte " + position() + ": expected " + expected + ", found " + found);
    }
}
