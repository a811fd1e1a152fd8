package dev.forebear.checkpoint.safetensors;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.numbers.ContiguousTensor;
import dev.forebear.checkpoint.numbers.StoredValues;
import dev.forebear.checkpoint.storage.ByteSource;
import java.util.List;

/**
 * What a header says about one tensor.
 *
 * @param begin first byte, counted from the end of the header
 * @param end byte after the last
 */
record TensorEntry(String name, Dtype dtype, List<Long> shape, long begin, long end) {

    TensorEntry {
        shape = List.copyOf(shape);
    }

    /**
     * Number of values.
     *
     * @throws ArithmeticException when the product of the dimensions overflows
     */
    long elements() {
        long product = 1;
        for (long dimension : shape) {
            product = Math.multiplyExact(product, dimension);
        }
        return product;
    }

    /** @param dataStart offset in the file that begin and end count from */
    ContiguousTensor tensor(ByteSource source, long dataStart) {
        return new ContiguousTensor(name, shape, new StoredValues(source, dataStart + begin, dtype));
    }
}
