package dev.forebear.checkpoint.pickle;

import dev.forebear.checkpoint.storage.ByteSource;
import java.nio.ByteBuffer;

/** A large file that begins a text longer than a pickle may be, and fails when that is read. */
record HugeZeros(long size) implements ByteSource {

    private static final byte[] TEXT_OF_80_MB = {'X', 0, 0, 0, 5};

    @Override
    public String name() {
        return "p.pt";
    }

    @Override
    public void read(long offset, ByteBuffer target) {
        if (offset != 0 || target.remaining() > 1 << 20) {
            throw new AssertionError("expected a small read at the beginning, found one at " + offset);
        }
        target.put(TEXT_OF_80_MB).position(target.limit());
    }
}
