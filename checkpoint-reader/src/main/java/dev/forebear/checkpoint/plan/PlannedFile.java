package dev.forebear.checkpoint.plan;

import dev.forebear.checkpoint.storage.ByteRange;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.Distance;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of weights: inside a step its reads are those of the step's scope, outside of one they are made at once. */
final class PlannedFile implements ByteSource {

    private final ByteSource source;

    PlannedFile(ByteSource source) {
        this.source = source;
    }

    /** The file itself. */
    ByteSource source() {
        return source;
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
    public Distance distance() {
        return source.distance();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        if (ReadScope.CURRENT.isBound()) {
            ByteRange.of(offset, target.remaining()).within(size(), name());
            ReadScope.CURRENT.get().read(this, offset, target);
        } else {
            source.read(offset, target);
        }
    }
}
