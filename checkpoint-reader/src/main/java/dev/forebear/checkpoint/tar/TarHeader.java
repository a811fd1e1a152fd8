package dev.forebear.checkpoint.tar;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import java.nio.charset.StandardCharsets;

/** The block before an entry of a tar archive (POSIX ustar and GNU). */
final class TarHeader {

    static final int SIZE = 512;

    private static final int SIZE_AT = 124;
    private static final int CHECKSUM_AT = 148;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;

    private final String archive;
    private final byte[] block;

    /** @throws CheckpointException MALFORMED when it is no header */
    TarHeader(String archive, byte[] block) throws CheckpointException {
        this.archive = archive;
        this.block = block;
        if (!isEnd()) {
            check();
        }
    }

    /** Whether it is a block of zeros, which ends the archive. */
    boolean isEnd() {
        for (byte value : block) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    char type() {
        return (char) (block[TYPE_AT] & 0xff);
    }

    String name() {
        String name = text(0, 100);
        String prefix = isPosix() ? text(PREFIX_AT, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** Bytes that follow. */
    long size() throws CheckpointException {
        return (block[SIZE_AT] & 0x80) == 0 ? octal(SIZE_AT, 12) : binary();
    }

    private boolean isPosix() {
        return block[MAGIC_AT + 5] == 0;
    }

    private void check() throws CheckpointException {
        if (!text(MAGIC_AT, 5).equals("ustar")) {
            throw malformed("expected a header, found other bytes");
        }
        int sum = 0;
        for (int i = 0; i < SIZE; i++) {
            boolean ofSum = i >= CHECKSUM_AT && i < CHECKSUM_AT + 8;
            sum += ofSum ? ' ' : block[i] & 0xff;
        }
        long expected = octal(CHECKSUM_AT, 8);
        if (sum != expected) {
            throw malformed("expected a header with the checksum " + expected + ", found " + sum);
        }
    }

    private String text(int at, int length) {
        int end = at;
        while (end < at + length && block[end] != 0) {
            end++;
        }
        return new String(block, at, end - at, StandardCharsets.UTF_8);
    }

    private long octal(int at, int length) throws CheckpointException {
        String digits = text(at, length).strip();
        if (!digits.matches("[0-7]{1,12}")) {
            throw malformed("expected an octal number, found '" + digits + "'");
        }
        return Long.parseLong(digits, 8);
    }

    /** GNU's way to write sizes over 8 GB: twelve bytes, the highest bit a mark. */
    private long binary() throws CheckpointException {
        long value = block[SIZE_AT] & 0x7f;
        for (int i = SIZE_AT + 1; i < SIZE_AT + 12; i++) {
            if (value > Long.MAX_VALUE >> 8) {
                throw malformed("expected a size of 63 bits, found a larger one");
            }
            value = value << 8 | block[i] & 0xff;
        }
        return value;
    }

    private CheckpointException malformed(String message) {
        return new CheckpointException(Reason.MALFORMED, archive, "tar: " + message);
    }
}
