package dev.forebear.signals.weights;

import java.io.IOException;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/** Rows that are read when first asked for, and given up when memory runs short. */
final class KeptRows {

    private @Nullable SoftReference<double[][]> rows;

    interface Reading {
        double[][] read() throws IOException;
    }

    double[][] get(Reading reading) throws IOException {
        double[][] found = rows == null ? null : rows.get();
        if (found == null) {
            found = reading.read();
            rows = new SoftReference<>(found);
        }
        return found;
    }
}
