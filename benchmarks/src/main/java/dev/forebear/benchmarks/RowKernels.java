package dev.forebear.benchmarks;

import dev.forebear.signals.statistics.FloatRows;
import dev.forebear.signals.statistics.MatrixProduct;
import java.io.IOException;
import java.util.Random;

/** Passes over the rows of a matrix as the signals make them: read as floats, then added up. */
final class RowKernels {

    /** Rows are projected on as many vectors at a time. */
    static final int VECTORS = 64;

    private static final int COLUMNS = WeightFile.COLUMNS;
    private static final int PROJECTED = 8;

    private final RowSource source;
    private final int batch;
    private final float[] values;
    private final float[] row = new float[COLUMNS];
    private final double[][] vectors = new double[COLUMNS][VECTORS];
    private final double[][] projected = new double[PROJECTED][COLUMNS];

    /** Where rows come from. */
    interface RowSource {

        /** Reads as many rows as fit into {@code into}. */
        void read(long row, float[] into) throws IOException;
    }

    /** @param batch rows that are read at a time */
    RowKernels(int batch, RowSource source) {
        this.source = source;
        this.batch = batch;
        this.values = new float[batch * COLUMNS];
        var random = new Random(5);
        for (int i = 0; i < COLUMNS; i++) {
            row[i] = (float) random.nextGaussian();
            vectors[i] = random.doubles(VECTORS, -1, 1).toArray();
        }
    }

    double widen(long first, long rows) throws IOException {
        for (long i = first; i < first + rows; i += batch) {
            source.read(i, values);
        }
        return values[0];
    }

    double norms(long first, long rows) throws IOException {
        double sum = 0;
        for (long i = first; i < first + rows; i += batch) {
            source.read(i, values);
            for (int at = 0; at < values.length; at += COLUMNS) {
                sum += Math.sqrt(FloatRows.squaredLength(values, at, COLUMNS));
            }
        }
        return sum;
    }

    double dots(long first, long rows) throws IOException {
        double sum = 0;
        for (long i = first; i < first + rows; i += batch) {
            source.read(i, values);
            for (int at = 0; at < values.length; at += COLUMNS) {
                sum += FloatRows.dot(values, at, row);
            }
        }
        return sum;
    }

    double projections(long first, long rows) throws IOException {
        double sum = 0;
        for (long i = first; i < first + rows; i += batch) {
            source.read(i, values);
            for (int at = 0; at < values.length; at += COLUMNS) {
                int slot = (int) (i + at / COLUMNS) % PROJECTED;
                copy(at, projected[slot]);
                if (slot == PROJECTED - 1) {
                    sum += MatrixProduct.of(projected, vectors)[0][0];
                }
            }
        }
        return sum;
    }

    private void copy(int at, double[] into) {
        for (int i = 0; i < COLUMNS; i++) {
            into[i] = values[at + i];
        }
    }
}
