package dev.forebear.checkpoint.safetensors;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.StoredTensor;
import dev.forebear.checkpoint.numbers.Widening;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;

/** A tensor in a safetensors file. */
final class SafetensorsTensor implements StoredTensor {

    /** Bytes of one read: large enough for the price of a request, small enough to stay in the cache. */
    private static final int CHUNK = 4 << 20;

    private final ByteSource source;
    private final TensorEntry entry;
    private final long start;
    private final long elements;

    SafetensorsTensor(ByteSource source, long dataStart, TensorEntry entry) {
        this.source = source;
        this.entry = entry;
        this.start = dataStart + entry.begin();
        this.elements = entry.elements();
    }

    @Override
    public String file() {
        return source.name();
    }

    @Override
    public String name() {
        return entry.name();
    }

    @Override
    public Dtype dtype() {
        return entry.dtype();
    }

    @Override
    public List<Long> shape() {
        return entry.shape();
    }

    @Override
    public long elements() {
        return elements;
    }

    @Override
    public void read(long first, int count, float[] into, int at) throws IOException {
        Objects.checkFromIndexSize(first, count, elements);
        Objects.checkFromIndexSize(at, count, into.length);
        if (!Widening.supports(dtype())) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED,
                    file(),
                    "tensor " + name() + ": expected a dtype of whole real values, found " + dtype());
        }
        int width = dtype().bits() / Byte.SIZE;
        var chunk =
                ByteBuffer.allocate((int) Math.min((long) count * width, CHUNK)).order(ByteOrder.LITTLE_ENDIAN);
        int done = 0;
        while (done < count) {
            int step = Math.min(count - done, chunk.capacity() / width);
            chunk.clear().limit(step * width);
            source.read(start + (first + done) * width, chunk);
            Widening.widen(dtype(), chunk.flip(), into, at + done, step);
            done += step;
        }
    }

    @Override
    public void readBytes(long from, ByteBuffer into) throws IOException {
        Objects.checkFromIndexSize(from, into.remaining(), bytes());
        source.read(start + from, into);
    }

    @Override
    public String toString() {
        return file() + ": " + name() + " " + dtype() + " " + shape();
    }
}
