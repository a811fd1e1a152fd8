package dev.forebear.checkpoint.storage.oci;

import dev.forebear.checkpoint.storage.ByteRange;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file in a layer.
 *
 * @param layer the bytes that it is among
 * @param start offset of its first byte in them
 * @param size in bytes
 * @param digest of the layer
 */
record LayerFile(String name, ByteSource layer, long start, long size, Digest digest) implements ByteSource {

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        ByteRange.of(offset, target.remaining()).within(size, name);
        layer.read(start + offset, target);
    }

    /** Read as a whole layer where it is one, so that it is held against the digest. */
    @Override
    public byte[] readAll(int limit) throws IOException {
        return start == 0 && size == layer.size() ? layer.readAll(limit) : ByteSource.super.readAll(limit);
    }

    /** Changes whenever the content does. */
    String revision() {
        return start == 0 && size == layer.size() ? digest.hex() : digest.hex() + "-" + start;
    }
}
