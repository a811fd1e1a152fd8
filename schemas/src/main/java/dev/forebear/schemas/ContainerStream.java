package dev.forebear.schemas;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The parts of an Avro object container. Avro's own reader reserves memory for whatever length it is told before it
 * looks whether the file is as long.
 */
final class ContainerStream implements AutoCloseable {

    private static final byte[] MAGIC = {'O', 'b', 'j', 1};
    private static final int MARK_BYTES = 16;
    private static final int MAX_ENTRIES = 64;
    private static final int MAX_KEY_BYTES = 256;
    private static final int MAX_VALUE_BYTES = 1 << 20;
    private static final int MAX_NUMBER_BYTES = 10;

    private final InputStream in;
    private final long size;
    private volatile long position;
    private byte[] mark = new byte[0];

    ContainerStream(InputStream in, long size) {
        this.in = in;
        this.size = size;
    }

    /** The file is no container, or a broken one; the message says what was found. */
    static final class NotAContainer extends IOException {

        private static final long serialVersionUID = 1L;

        NotAContainer(String found) {
            super(found);
        }
    }

    /** Begins the file. */
    Map<String, String> metadata() throws IOException {
        if (size < MAGIC.length || !Arrays.equals(take(MAGIC.length), MAGIC)) {
            throw new NotAContainer("something else than an Avro file");
        }
        Map<String, String> metadata = new HashMap<>();
        for (long entries = entries(); entries != 0; entries = entries()) {
            for (long i = 0; i < entries; i++) {
                String key = text("the length of a key", MAX_KEY_BYTES);
                metadata.put(key, text("the length of " + key, MAX_VALUE_BYTES));
                if (metadata.size() > MAX_ENTRIES) {
                    throw new NotAContainer("a header of more than " + MAX_ENTRIES + " entries");
                }
            }
        }
        mark = take(MARK_BYTES);
        return metadata;
    }

    // Writers may put a negative number before a length in bytes, so that readers can skip.
    private long entries() throws IOException {
        long entries = number();
        if (entries < 0) {
            number();
        }
        if (entries < -MAX_ENTRIES || entries > MAX_ENTRIES) {
            throw new NotAContainer("a header of " + entries + " entries");
        }
        return Math.abs(entries);
    }

    private String text(String what, int most) throws IOException {
        return new String(bytes(what, most), StandardCharsets.UTF_8);
    }

    /** Bytes with their length before them. */
    byte[] bytes(String what, int most) throws IOException {
        return take((int) number(what, most));
    }

    /** A number from 0 to {@code most}. */
    long number(String what, long most) throws IOException {
        long number = number();
        if (number < 0 || number > most) {
            throw new NotAContainer(number + " as " + what + " (0 to " + most + ")");
        }
        return number;
    }

    void requireMark() throws IOException {
        if (!Arrays.equals(take(MARK_BYTES), mark)) {
            throw new NotAContainer("a block that does not end where it says");
        }
    }

    boolean isAtEnd() {
        return position == size;
    }

    long position() {
        return position;
    }

    private byte[] take(int count) throws IOException {
        if (count > size - position) {
            throw new NotAContainer("the end of the file after " + size + " bytes");
        }
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        position = position + count;
        return bytes;
    }

    private long number() throws IOException {
        long zigZag = 0;
        for (int i = 0; i < MAX_NUMBER_BYTES; i++) {
            int next = take(1)[0];
            zigZag |= (next & 0x7FL) << 7 * i;
            if (next >= 0) {
                return zigZag >>> 1 ^ -(zigZag & 1);
            }
        }
        throw new NotAContainer("a number of more than " + MAX_NUMBER_BYTES + " bytes");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
