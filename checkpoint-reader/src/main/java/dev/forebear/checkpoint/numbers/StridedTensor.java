package dev.forebear.checkpoint.numbers;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * A tensor that is stored with gaps or with its dimensions in another order: value [i, j, ...] is stored value i ·
 * stride 0 + j · stride 1 + ... Rows of a transposed matrix cost reading all of it, so many should be read at once.
 */
public final class StridedTensor implements Tensor {

    /** Stored values held at a time. */
    private static final int CHUNK = 1 << 20;

    /** Most stored values that may lie between those of one step along the widest dimension. */
    private static final int INNER_LIMIT = 4 << 20;

    /** Most stored values that are passed over for a few: the largest transposed matrix of a BERT, twice. */
    private static final long SPAN_LIMIT = 32 << 20;

    private static final int SPAN_PER_VALUE = 16;

    private final String name;
    private final List<Long> sizes;
    private final StoredValues values;
    private final long[] shape;
    private final long[] strides;
    private final long[] steps;

    private StridedTensor(String name, List<Long> shape, List<Long> strides, StoredValues values) {
        this.name = name;
        this.sizes = List.copyOf(shape);
        this.values = values;
        this.shape = shape.stream().mapToLong(Long::longValue).toArray();
        this.strides = strides.stream().mapToLong(Long::longValue).toArray();
        this.steps = contiguous(this.shape);
    }

    /**
     * A tensor whose strides may be those of contiguous values.
     *
     * @param shape non-negative, its product fits 63 bits
     * @param strides non-negative, as many
     * @param values of which the first is value [0, 0, ...]
     */
    public static Tensor of(String name, List<Long> shape, List<Long> strides, StoredValues values) {
        var tensor = new StridedTensor(name, shape, strides, values);
        return tensor.isContiguous() ? new ContiguousTensor(name, shape, values) : tensor;
    }

    private static long[] contiguous(long[] shape) {
        var steps = new long[shape.length];
        long step = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            steps[axis] = step;
            step *= shape[axis];
        }
        return steps;
    }

    private boolean isContiguous() {
        if (elements() == 0) {
            return true;
        }
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] > 1 && strides[axis] != steps[axis]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Dtype dtype() {
        return values.dtype();
    }

    @Override
    public List<Long> shape() {
        return sizes;
    }

    @Override
    public long elements() {
        long product = 1;
        for (long size : sizes) {
            product = Math.multiplyExact(product, size);
        }
        return product;
    }

    /** @throws CheckpointException UNSUPPORTED when the values cannot be widened, or lie too far apart to be read */
    @Override
    public void read(long first, int count, float[] into, int at) throws IOException {
        Objects.checkFromIndexSize(first, count, elements());
        Objects.checkFromIndexSize(at, count, into.length);
        if (count > 0) {
            var block = new Block(first, count);
            block.check();
            block.read(into, at);
        }
    }

    @Override
    public String toString() {
        return values.source().name() + ": " + name + " " + dtype() + " " + sizes;
    }

    /** The smallest range of indices, dimension by dimension, that holds the values asked for. */
    private final class Block {

        private final long first;
        private final int count;
        private final long[] low = new long[shape.length];
        private final long[] high = new long[shape.length];
        private final int widest;
        private final long inner;

        Block(long first, int count) {
            this.first = first;
            this.count = count;
            long last = first + count - 1;
            boolean same = true;
            for (int axis = 0; axis < shape.length; axis++) {
                low[axis] = same ? first / steps[axis] % shape[axis] : 0;
                high[axis] = same ? last / steps[axis] % shape[axis] : shape[axis] - 1;
                same = same && low[axis] == high[axis];
            }
            this.widest = widest();
            long between = 1;
            for (int axis = 0; axis < shape.length; axis++) {
                between += axis == widest ? 0 : (high[axis] - low[axis]) * strides[axis];
            }
            this.inner = between;
        }

        private int widest() {
            int widest = 0;
            for (int axis = 1; axis < shape.length; axis++) {
                boolean wider = strides[axis] > strides[widest] || high[widest] == low[widest];
                widest = high[axis] > low[axis] && wider ? axis : widest;
            }
            return widest;
        }

        void check() throws CheckpointException {
            long span = inner + (high[widest] - low[widest]) * strides[widest];
            if (inner > INNER_LIMIT || span > Math.max(SPAN_LIMIT, (long) SPAN_PER_VALUE * count)) {
                throw new CheckpointException(
                        Reason.UNSUPPORTED,
                        values.source().name(),
                        "tensor " + name + ": expected values in the order of their indices, found " + count
                                + " of them spread over " + span);
            }
        }

        void read(float[] into, int at) throws IOException {
            long start = 0;
            for (int axis = 0; axis < shape.length; axis++) {
                start += low[axis] * strides[axis];
            }
            long step = Math.max(1, (CHUNK - inner) / Math.max(1, strides[widest]));
            for (long begin = low[widest]; begin <= high[widest]; begin += step) {
                long end = Math.min(begin + step - 1, high[widest]);
                var chunk = new float[(int) (inner + (end - begin) * strides[widest])];
                values.read(name, start + (begin - low[widest]) * strides[widest], chunk.length, chunk, 0);
                gather(0, 0, 0, new Chunk(begin, end, chunk), into, at);
            }
        }

        private void gather(int axis, long index, long offset, Chunk chunk, float[] into, int at) {
            if (axis == shape.length) {
                if (index >= first && index - first < count) {
                    into[at + (int) (index - first)] = chunk.stored[(int) offset];
                }
                return;
            }
            long from = axis == widest ? chunk.begin : low[axis];
            long to = axis == widest ? chunk.end : high[axis];
            for (long i = from; i <= to; i++) {
                gather(axis + 1, index + i * steps[axis], offset + (i - from) * strides[axis], chunk, into, at);
            }
        }
    }

    /** Stored values behind indices {@code begin} to {@code end} of the widest dimension. */
    private record Chunk(long begin, long end, float[] stored) {}
}
