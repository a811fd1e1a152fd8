package dev.forebear.checkpoint.gguf;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Quantisation;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.numbers.ContiguousTensor;
import dev.forebear.checkpoint.numbers.StoredValues;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A tensor in a GGUF file, plain or in blocks. */
record GgufTensor(ByteSource source, long dataStart, GgufEntry entry) implements Tensor {

    /** Bytes of one read. */
    private static final int CHUNK = 4 << 20;

    /** The file that holds it. */
    String file() {
        return source.name();
    }

    @Override
    public String name() {
        return entry.name();
    }

    @Override
    public Dtype dtype() {
        return entry.type().dtype();
    }

    @Override
    public @Nullable Quantisation quantisation() {
        return entry.type().quantisation();
    }

    @Override
    public List<Long> shape() {
        return entry.shape();
    }

    @Override
    public long elements() {
        return entry.elements();
    }

    @Override
    public long bytes() {
        return entry.bytes();
    }

    @Override
    public void read(long first, int count, float[] into, int at) throws IOException {
        if (entry.type().quantisation() == null) {
            var values = new StoredValues(source, dataStart + entry.offset(), dtype());
            new ContiguousTensor(name(), shape(), values).read(first, count, into, at);
            return;
        }
        Objects.checkFromIndexSize(first, count, elements());
        Objects.checkFromIndexSize(at, count, into.length);
        readBlocks(decoder(), new Target(first, count, into, at));
    }

    private BlockDecoder decoder() throws CheckpointException {
        BlockDecoder decoder = entry.type().decoder();
        if (decoder == null) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED,
                    file(),
                    "tensor " + name() + ": expected a type that is read, found " + entry.type());
        }
        return decoder;
    }

    /** Where values go: {@code first} is the first value wanted, to be written at {@code at}. */
    private record Target(long first, int count, float[] into, int at) {}

    private void readBlocks(BlockDecoder decoder, Target target) throws IOException {
        int values = entry.type().blockValues();
        int bytes = entry.type().blockBytes();
        long firstBlock = target.first() / values;
        long end = Math.ceilDiv(target.first() + target.count(), (long) values);
        int inChunk = (int) Math.min(end - firstBlock, CHUNK / bytes);
        var chunk = new byte[inChunk * bytes];
        for (long block = firstBlock; block < end; block += inChunk) {
            int blocks = (int) Math.min(inChunk, end - block);
            source.read(dataStart + entry.offset() + block * bytes, ByteBuffer.wrap(chunk, 0, blocks * bytes));
            decode(decoder, chunk, block * values - target.first(), blocks, target);
        }
    }

    /** @param place of the first value among those wanted; negative where the first block begins before them */
    private void decode(BlockDecoder decoder, byte[] bytes, long place, int blocks, Target target) {
        int size = entry.type().blockValues();
        for (int i = 0; i < blocks; i++) {
            int from = i * entry.type().blockBytes();
            long begin = place + (long) i * size;
            if (begin >= 0 && begin + size <= target.count()) {
                decoder.decode(bytes, from, target.into(), target.at() + (int) begin);
            } else {
                var values = new float[size];
                decoder.decode(bytes, from, values, 0);
                copy(values, begin, target);
            }
        }
    }

    /** Copies those values of a block that are wanted. */
    private static void copy(float[] values, long place, Target target) {
        int skipped = (int) Math.max(0, -place);
        int taken = (int) Math.min(values.length, target.count() - place) - skipped;
        System.arraycopy(values, skipped, target.into(), target.at() + (int) place + skipped, taken);
    }

    @Override
    public String toString() {
        return file() + ": " + name() + " " + entry.type() + " " + shape();
    }
}
