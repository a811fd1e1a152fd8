package dev.forebear.checkpoint;

import java.io.IOException;
import java.util.List;

/** A stored tensor. Reading widens every value to float; nothing is cached. Safe for use by several threads. */
public interface Tensor {

    String name();

    Dtype dtype();

    /** Dimensions, outermost first; empty for a scalar. */
    List<Long> shape();

    /** Number of values: the product of the dimensions, 1 for a scalar. */
    long elements();

    /** Reads {@code count} values in row-major order from {@code first} into {@code into}, starting at {@code at}. */
    void read(long first, int count, float[] into, int at) throws IOException;
}
