package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.CheckpointException;
import java.nio.ByteBuffer;

/** Bytes in memory, such as those that were unpacked. */
public final class BytesSource implements ByteSource {

    private final String name;
    private final byte[] bytes;

    /** @param bytes owned by this from now on */
    public BytesSource(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public Distance distance() {
        return Distance.MEMORY;
    }

    @Override
    public void read(long offset, ByteBuffer target) throws CheckpointException {
        ByteRange.of(offset, target.remaining()).within(size(), name);
        target.put(bytes, (int) offset, target.remaining());
    }
}
