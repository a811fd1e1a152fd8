package dev.forebear.signals.relation;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Quantisation;
import dev.forebear.checkpoint.WeightMatrix;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one tensor, as stored, read when asked for.
 *
 * @param dtype dtype of the values; of a packed tensor the one that they are read as
 * @param packing how they are packed; null for plain values
 * @param reading reads them; the arrays are shared and must not be changed
 */
record StoredRows(Dtype dtype, @Nullable Quantisation packing, Reading reading) {

    /** Reads rows. */
    @FunctionalInterface
    interface Reading {
        double[][] rows() throws IOException;
    }

    static StoredRows of(WeightMatrix matrix, Reading reading) {
        return new StoredRows(matrix.dtype(), matrix.quantisation(), reading);
    }

    double[][] read() throws IOException {
        return reading.rows();
    }

    /** Those of the rows at {@code available} that are at {@code wanted}; both ascending. */
    StoredRows at(int[] available, int[] wanted) {
        if (Arrays.equals(available, wanted)) {
            return this;
        }
        int[] chosen = Arrays.stream(wanted)
                .map(position -> Arrays.binarySearch(available, position))
                .toArray();
        return new StoredRows(dtype, packing, () -> {
            double[][] all = read();
            return Arrays.stream(chosen).mapToObj(row -> all[row]).toArray(double[][]::new);
        });
    }
}
