package dev.forebear.checkpoint.gguf;

import dev.forebear.checkpoint.CheckpointException;
import java.util.List;

/**
 * What a header says about one tensor.
 *
 * @param shape dimensions, outermost first
 * @param offset first byte, counted from the beginning of the data
 * @param bytes size that type and shape give
 */
record GgufEntry(String name, GgmlType type, List<Long> shape, long offset, long bytes) {

    GgufEntry {
        shape = List.copyOf(shape);
    }

    static GgufEntry checked(GgufInput input, String name, GgmlType type, List<Long> shape, long offset)
            throws CheckpointException {
        long values = 1;
        try {
            for (long dimension : shape) {
                if (dimension < 0) {
                    throw new ArithmeticException("more than 63 bits");
                }
                values = Math.multiplyExact(values, dimension);
            }
            if (!shape.isEmpty() && shape.getLast() % type.blockValues() != 0) {
                throw input.malformed("tensor " + name + ": expected rows of whole blocks of " + type.blockValues()
                        + " values, found " + shape.getLast());
            }
            long bytes = Math.multiplyExact(values / type.blockValues(), (long) type.blockBytes());
            return new GgufEntry(name, type, shape, offset, bytes);
        } catch (ArithmeticException overflow) {
            throw input.malformed("tensor " + name + ": expected a size that fits 63 bits, found " + shape);
        }
    }

    long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
