package dev.forebear.signals.weights;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Normalisation;
import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.checkpoint.WeightVector;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of the projections that a norm feeds, with its gain folded in: W·diag(g), and minus the mean of each row
 * where the norm subtracts means. Where norms follow the sublayers nothing may be folded and rows are as stored. A row
 * with NaN or infinity is read as zero and recorded.
 */
public final class FoldedRows {

    private static final double ROUNDING = 1e-12;

    private final Normalisation normalisation;
    private final Findings findings;

    public FoldedRows(Transformer transformer, Findings findings) {
        this.normalisation = transformer.normalisation();
        this.findings = findings;
    }

    /** A gain for {@link #read}, or null where there is none to fold. */
    public double @Nullable [] gain(@Nullable WeightVector vector) throws IOException {
        if (vector == null || normalisation == Normalisation.LAYER_AFTER) {
            return null;
        }
        return values(vector);
    }

    /** All values of a vector; zeros, and a finding, when one is not finite. */
    public double[] values(WeightVector vector) throws IOException {
        float[] read = vector.read();
        double[] values = new double[read.length];
        for (int i = 0; i < read.length; i++) {
            if (!Float.isFinite(read[i])) {
                findings.add(vector.name() + ": value " + i + " is NaN or infinite");
                return new double[read.length];
            }
            values[i] = read[i];
        }
        return values;
    }

    /** Rows as the model uses them after its norm. */
    public double[][] read(WeightMatrix matrix, double @Nullable [] gain, int first, int count) throws IOException {
        double[][] rows = raw(matrix, first, count);
        for (double[] row : rows) {
            for (int i = 0; gain != null && i < row.length; i++) {
                row[i] *= gain[i];
            }
            if (normalisation == Normalisation.LAYER) {
                subtractMean(row);
            }
        }
        return rows;
    }

    /** Rows of the embedding, minus the mean of each where the norms subtract means anyway. */
    public double[] embedding(WeightMatrix embedding, int token) throws IOException {
        double[] row = raw(embedding, token, 1)[0];
        if (normalisation == Normalisation.LAYER) {
            subtractMean(row);
        }
        return row;
    }

    /** Rows as stored. */
    public double[][] raw(WeightMatrix matrix, int first, int count) throws IOException {
        int columns = matrix.columns();
        float[] read = new float[Math.multiplyExact(count, columns)];
        matrix.readRows(first, count, read);
        double[][] rows = new double[count][columns];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < columns; j++) {
                rows[i][j] = read[i * columns + j];
            }
            dropUnlessFinite(rows[i], matrix, first + i);
        }
        return rows;
    }

    private void dropUnlessFinite(double[] row, WeightMatrix matrix, int index) {
        for (double value : row) {
            if (!Double.isFinite(value)) {
                findings.add(matrix.name() + ": row " + index + " holds NaN or infinity");
                Arrays.fill(row, 0);
                return;
            }
        }
    }

    private static void subtractMean(double[] row) {
        double sum = 0;
        double largest = 0;
        for (double value : row) {
            sum += value;
            largest = Math.max(largest, Math.abs(value));
        }
        double left = 0;
        for (int i = 0; i < row.length; i++) {
            row[i] -= sum / row.length;
            left = Math.max(left, Math.abs(row[i]));
        }
        // What rounding leaves of a constant row is no direction.
        if (left <= ROUNDING * largest) {
            Arrays.fill(row, 0);
        }
    }
}
