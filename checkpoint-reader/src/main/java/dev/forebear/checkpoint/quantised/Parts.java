package dev.forebear.checkpoint.quantised;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.StoredTensor;
import dev.forebear.checkpoint.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The stored tensors whose names begin alike and that together are one weight, each checked when it is taken. */
final class Parts {

    /** Longest row or column; the largest published matrix has a twentieth. */
    private static final long SIZE_LIMIT = 1 << 24;

    private final Map<String, StoredTensor> stored;
    private final String stem;
    private final Map<String, StoredTensor> taken = new HashMap<>();

    /** @param stem what stands before the names of the parts */
    Parts(Map<String, StoredTensor> stored, String stem) {
        this.stored = stored;
        this.stem = stem;
    }

    /** Names of the parts that were taken. */
    Set<String> taken() {
        return taken.keySet();
    }

    /** Bytes of the parts that were taken. */
    long bytes() {
        return taken.values().stream().mapToLong(StoredTensor::bytes).sum();
    }

    boolean has(String suffix) {
        return stored.containsKey(stem + suffix);
    }

    @Nullable
    StoredTensor find(String suffix) {
        StoredTensor tensor = stored.get(stem + suffix);
        if (tensor != null) {
            taken.put(tensor.name(), tensor);
        }
        return tensor;
    }

    StoredTensor required(String suffix) throws CheckpointException {
        StoredTensor tensor = find(suffix);
        if (tensor == null) {
            throw new CheckpointException(
                    Reason.MALFORMED, stem + suffix, "expected beside the other parts of its weight, found none");
        }
        return tensor;
    }

    StoredTensor required(String suffix, Dtype dtype) throws CheckpointException {
        StoredTensor tensor = required(suffix);
        if (tensor.dtype() != dtype) {
            throw malformed(tensor, "expected " + dtype + ", found " + tensor.dtype());
        }
        return tensor;
    }

    /** A part that holds floating-point values which need no scale themselves. */
    StoredTensor scales(String suffix) throws CheckpointException {
        StoredTensor tensor = required(suffix);
        if (!tensor.dtype().isPlainFloat() && tensor.dtype() != Dtype.F8_E8M0) {
            throw malformed(tensor, "expected floating-point scales, found " + tensor.dtype());
        }
        return tensor;
    }

    static void requireShape(Tensor tensor, long... expected) throws CheckpointException {
        List<Long> shape = Arrays.stream(expected).boxed().toList();
        if (!tensor.shape().equals(shape)) {
            throw malformed(tensor, "expected shape " + shape + ", found " + tensor.shape());
        }
    }

    /** A dimension that may be a size of a matrix: neither nothing nor more than any memory is made for. */
    static int size(Tensor tensor, int dimension, int dimensions) throws CheckpointException {
        if (tensor.shape().size() != dimensions) {
            throw malformed(tensor, "expected " + dimensions + " dimensions, found " + tensor.shape());
        }
        return bounded(tensor, tensor.shape().get(dimension));
    }

    static int bounded(Tensor tensor, long size) throws CheckpointException {
        if (size < 1 || size > SIZE_LIMIT) {
            throw malformed(tensor, "expected sizes of 1 to " + SIZE_LIMIT + ", found " + size);
        }
        return (int) size;
    }

    static CheckpointException malformed(Tensor tensor, String message) {
        String file = tensor instanceof StoredTensor here ? here.file() : tensor.name();
        return new CheckpointException(Reason.MALFORMED, file, "tensor " + tensor.name() + ": " + message);
    }

    /** All bytes of a tensor that was found to be small. */
    static ByteBuffer bytes(StoredTensor small) throws IOException {
        var bytes = ByteBuffer.allocate(Math.toIntExact(small.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        small.readBytes(0, bytes);
        return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Words of 32 bits that so many codes fill, the last one perhaps in part. */
    static int wordsFor(int codes, int bits) {
        return Math.ceilDiv(codes * bits, Integer.SIZE);
    }

    /** Words that end before a code begins. */
    static int wordsBefore(int code, int bits) {
        return code * bits / Integer.SIZE;
    }
}
