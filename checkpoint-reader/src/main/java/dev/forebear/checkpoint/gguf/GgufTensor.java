package dev.forebear.checkpoint.gguf;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Quantisation;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.numbers.Widening;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
        Objects.checkFromIndexSize(first, count, elements());
        Objects.checkFromIndexSize(at, count, into.length);
        GgmlType type = entry.type();
        long firstBlock = first / type.blockValues();
        long end = Math.ceilDiv(first + count, (long) type.blockValues());
        int inChunk = (int) Math.min(end - firstBlock, CHUNK / type.blockBytes());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment chunk = arena.allocate((long) inChunk * type.blockBytes(), Long.BYTES);
            for (long block = firstBlock; block < end; block += inChunk) {
                int blocks = (int) Math.min(inChunk, end - block);
                var bytes = chunk.asSlice(0, (long) blocks * type.blockBytes());
                source.read(dataStart + entry.offset() + block * type.blockBytes(), bytes.asByteBuffer());
                widen(bytes, block, blocks, new Target(first, count, into, at));
            }
        }
    }

    /** Where values go: {@code first} is the first value wanted, to be written at {@code at}. */
    private record Target(long first, int count, float[] into, int at) {}

    private void widen(MemorySegment bytes, long firstBlock, int blocks, Target target) throws CheckpointException {
        GgmlType type = entry.type();
        if (type.quantisation() == null) {
            int done = (int) (firstBlock - target.first());
            ByteBuffer numbers = bytes.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            Widening.widen(type.dtype(), numbers, target.into(), target.at() + done, blocks);
            return;
        }
        BlockDecoder decoder = type.decoder();
        if (decoder == null) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED, file(), "tensor " + name() + ": expected a type that is read, found " + type);
        }
        decode(decoder, bytes, firstBlock * type.blockValues() - target.first(), blocks, target);
    }

    /** @param place of the first value among those wanted; negative where the first block begins before them */
    private void decode(BlockDecoder decoder, MemorySegment bytes, long place, int blocks, Target target) {
        int size = entry.type().blockValues();
        for (int i = 0; i < blocks; i++) {
            long from = (long) i * entry.type().blockBytes();
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
