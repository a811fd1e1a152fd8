package dev.forebear.checkpoint.numbers;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.StoredTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * A tensor whose values lie in a file in the order of their indices, the last dimension fastest.
 *
 * @param shape non-negative, its product fits 63 bits
 */
public record ContiguousTensor(String name, List<Long> shape, StoredValues values) implements StoredTensor {

    public ContiguousTensor {
        shape = List.copyOf(shape);
    }

    @Override
    public String file() {
        return values.source().name();
    }

    @Override
    public Dtype dtype() {
        return values.dtype();
    }

    @Override
    public long elements() {
        long product = 1;
        for (long size : shape) {
            product = Math.multiplyExact(product, size);
        }
        return product;
    }

    @Override
    public void read(long first, int count, float[] into, int at) throws IOException {
        Objects.checkFromIndexSize(first, count, elements());
        Objects.checkFromIndexSize(at, count, into.length);
        values.read(name, first, count, into, at);
    }

    @Override
    public void readBytes(long from, ByteBuffer into) throws IOException {
        Objects.checkFromIndexSize(from, into.remaining(), bytes());
        values.source().read(values.start() + from, into);
    }

    @Override
    public String toString() {
        return file() + ": " + name + " " + dtype() + " " + shape;
    }
}
