package dev.forebear.checkpoint.pytorch;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.numbers.StoredValues;
import dev.forebear.checkpoint.numbers.StridedTensor;
import dev.forebear.checkpoint.storage.ByteSource;
import java.util.List;

/**
 * A tensor as values of a storage: value [i, j, ...] is value offset + i · stride 0 + j · stride 1 + ... of it.
 *
 * @param offset of the first value, counted in values of the dtype
 * @param strides step of each dimension, counted likewise
 */
record TensorView(TorchStorage storage, Dtype dtype, long offset, List<Long> shape, List<Long> strides) {

    /** Four times what PyTorch allows. */
    static final int DIMENSIONS_LIMIT = 256;

    TensorView {
        shape = List.copyOf(shape);
        strides = List.copyOf(strides);
        boolean negative = offset < 0
                || shape.stream().anyMatch(size -> size < 0)
                || strides.stream().anyMatch(stride -> stride < 0);
        if (shape.size() != strides.size() || shape.size() > DIMENSIONS_LIMIT || negative) {
            throw new IllegalArgumentException("expected sizes with as many strides, found " + shape.size() + " sizes, "
                    + strides.size() + " strides and offset " + offset);
        }
        long last = last(offset, shape, strides);
        long width = dtype.bits() / Byte.SIZE;
        if (Math.multiplyExact(last, width) > storage.viewedBytes()) {
            throw new IllegalArgumentException(
                    "expected values within the %d bytes of storage %s, found %s with strides %s from %d on"
                            .formatted(storage.viewedBytes(), storage.key(), shape, strides, offset));
        }
    }

    /** Index after the last value of the storage that this touches. */
    private static long last(long offset, List<Long> shape, List<Long> strides) {
        long last = offset;
        for (int axis = 0; axis < shape.size(); axis++) {
            if (shape.get(axis) == 0) {
                return 0;
            }
            last = Math.addExact(last, Math.multiplyExact(shape.get(axis) - 1, strides.get(axis)));
        }
        return Math.addExact(last, 1);
    }

    /**
     * Number of values.
     *
     * @throws ArithmeticException when the product of the dimensions overflows
     */
    long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** Whether more than one index leads to the same value, so that the tensor is larger than what is stored of it. */
    boolean repeatsValues() {
        return elements() > storage.viewedBytes() / (dtype.bits() / Byte.SIZE);
    }

    /** Offset in its storage of its first byte. */
    private long firstByte() {
        return storage.firstByte() + offset * (dtype.bits() / Byte.SIZE);
    }

    /** @param stored the bytes of its storage */
    Tensor tensor(String name, ByteSource stored) {
        return StridedTensor.of(name, shape, strides, new StoredValues(stored, firstByte(), dtype));
    }
}
