package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A source whose digest is known: what is read whole must have it. Ranges cannot be held against it. */
public final class VerifiedSource implements ByteSource {

    private final ByteSource source;
    private final Digest digest;

    public VerifiedSource(ByteSource source, Digest digest) {
        this.source = source;
        this.digest = digest;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        source.read(offset, target);
    }

    /** As {@link ByteSource#readAll}, and CHANGED when the content has another digest. */
    @Override
    public byte[] readAll(int limit) throws IOException {
        byte[] content = source.readAll(limit);
        if (!digest.matches(content)) {
            throw new CheckpointException(
                    Reason.CHANGED,
                    name(),
                    "expected the digest " + digest + ", found " + Digest.of(digest.algorithm(), content));
        }
        return content;
    }
}
