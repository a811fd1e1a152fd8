package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A part of another source as one of its own. */
public final class SourceRange implements ByteSource {

    private final ByteSource source;
    private final long start;
    private final long size;

    /** @throws CheckpointException MALFORMED unless the part lies inside the source */
    public SourceRange(ByteSource source, long start, long size) throws CheckpointException {
        ByteRange.of(start, size).within(source.size(), source.name());
        this.source = source;
        this.start = start;
        this.size = size;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Distance distance() {
        return source.distance();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        ByteRange.of(offset, target.remaining()).within(size, name());
        source.read(start + offset, target);
    }
}
