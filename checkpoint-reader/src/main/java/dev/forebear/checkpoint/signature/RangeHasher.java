package dev.forebear.checkpoint.signature;

import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes ranges of a file, a block at a time. Not thread-safe. */
final class RangeHasher {

    private static final int BLOCK = 1 << 20;

    private final ByteSource file;

    RangeHasher(ByteSource file) {
        this.file = file;
    }

    /** In lower-case hexadecimal digits. */
    String sha256(long start, long end) throws IOException {
        MessageDigest hash = sha256();
        var block = ByteBuffer.allocate(Math.toIntExact(Math.min(BLOCK, end - start)));
        for (long at = start; at < end; at += block.limit()) {
            block.clear().limit(Math.toIntExact(Math.min(block.capacity(), end - at)));
            file.read(at, block);
            hash.update(block.flip());
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }
}
