package dev.forebear.checkpoint.storage.oci;

import dev.forebear.checkpoint.storage.ByteRange;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

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
        return isWholeLayer() ? layer.readAll(limit) : ByteSource.super.readAll(limit);
    }

    /** Changes whenever the content does. */
    String revision() {
        return isWholeLayer() ? digest.hex() : digest.hex() + "-" + start;
    }

    /** Null for a file that is one of several in its layer. */
    @Nullable
    String sha256() {
        return isWholeLayer() ? digest.sha256() : null;
    }

    private boolean isWholeLayer() {
        return start == 0 && size == layer.size();
    }
}
