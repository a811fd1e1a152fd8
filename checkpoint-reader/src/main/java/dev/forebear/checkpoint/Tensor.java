package dev.forebear.checkpoint;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored tensor, or a weight made of several stored ones. Reading widens every value to float. Safe for use by
 * several threads.
 */
public interface Tensor {

    String name();

    /** Dtype of its values; of a quantised tensor the one that they are read as. */
    Dtype dtype();

    /** How values are packed; null where they are stored one by one as their dtype says. */
    default @Nullable Quantisation quantisation() {
        return null;
    }

    /** Dtype or layout of what is stored, for people. */
    default String storedAs() {
        Quantisation packed = quantisation();
        return packed == null ? dtype().name() : packed.scheme();
    }

    /** Bytes that it takes in its file. */
    default long bytes() {
        return Math.ceilDiv(Math.multiplyExact(elements(), (long) dtype().bits()), (long) Byte.SIZE);
    }

    /** Dimensions, outermost first; empty for a scalar. */
    List<Long> shape();

    /** Number of values: the product of the dimensions, 1 for a scalar. */
    long elements();

    /** Reads {@code count} values in row-major order from {@code first} into {@code into}, starting at {@code at}. */
    void read(long first, int count, float[] into, int at) throws IOException;
}
