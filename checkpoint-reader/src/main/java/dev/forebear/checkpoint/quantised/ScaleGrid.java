package dev.forebear.checkpoint.quantised;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.StoredTensor;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scales of a matrix, each shared by a block of its values: one for the whole, one for each row, for each group of
 * columns of a row, or for each block of rows and columns. The last block of a row or column may be smaller.
 *
 * @param blockRows rows that share a scale
 * @param blockColumns columns that share a scale
 */
record ScaleGrid(StoredTensor tensor, int rows, int columns, int blockRows, int blockColumns) {

    /** Block of checkpoints that do not say how large theirs are. */
    private static final int USUAL_BLOCK = 128;

    /**
     * @param declared rows and columns of a block as the configuration says; null when it does not
     * @throws CheckpointException MALFORMED when no block size makes these scales cover the matrix
     */
    static ScaleGrid over(int rows, int columns, StoredTensor scales, int @Nullable [] declared)
            throws CheckpointException {
        List<Long> shape = scales.shape();
        if (scales.elements() == 1) {
            return new ScaleGrid(scales, rows, columns, rows, columns);
        }
        if (shape.size() > 2) {
            throw Parts.malformed(scales, "expected at most 2 dimensions, found " + shape);
        }
        int down = Parts.bounded(scales, shape.getFirst());
        int across = shape.size() == 1 ? 1 : Parts.bounded(scales, shape.getLast());
        return new ScaleGrid(
                scales,
                rows,
                columns,
                block(scales, rows, down, declared == null ? USUAL_BLOCK : declared[0]),
                block(scales, columns, across, declared == null ? USUAL_BLOCK : declared[1]));
    }

    private static int block(StoredTensor scales, int size, int count, int declared) throws CheckpointException {
        if (declared > 0 && Math.ceilDiv(size, declared) == count) {
            return Math.min(size, declared);
        }
        if (size % count == 0) {
            return size / count;
        }
        throw Parts.malformed(
                scales, "expected scales in even parts of " + size + " or blocks of " + declared + ", found " + count);
    }

    /** Scales in a row of the grid. */
    private int across() {
        return Math.ceilDiv(columns, blockColumns);
    }

    /** Multiplies whole rows of the matrix from {@code at} on with their scales. */
    void scale(long first, int count, float[] values, int at) throws IOException {
        float[] scales = around(first, count);
        for (int i = 0; i < count * columns; i++) {
            values[at + i] *= scales[index(first, i)];
        }
    }

    /** Subtracts what this grid holds from whole rows of the matrix. */
    void subtract(long first, int count, float[] values, int at) throws IOException {
        float[] zeros = around(first, count);
        for (int i = 0; i < count * columns; i++) {
            values[at + i] -= zeros[index(first, i)];
        }
    }

    /** The rows of the grid that these rows of the matrix lie in. */
    private float[] around(long first, int count) throws IOException {
        long top = first / blockRows;
        long bottom = (first + count - 1) / blockRows;
        var scales = new float[Math.toIntExact((bottom - top + 1) * across())];
        tensor.read(top * across(), scales.length, scales, 0);
        return scales;
    }

    /** Where the scale of a value lies among those around its row. */
    private int index(long first, int value) {
        long row = (first + value / columns) / blockRows - first / blockRows;
        return (int) row * across() + value % columns / blockColumns;
    }

    @Override
    public String toString() {
        if (blockRows == rows && blockColumns == columns) {
            return "one scale";
        }
        if (blockRows > 1) {
            return "blocks of " + blockRows + " × " + blockColumns;
        }
        return blockColumns == columns ? "one scale a row" : "groups of " + blockColumns;
    }
}
