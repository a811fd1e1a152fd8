package dev.forebear.checkpoint.view;

import dev.forebear.checkpoint.Tensor;
import java.io.IOException;

/**
 * Columns of a stored matrix as rows.
 *
 * @param stored (rows × columns)
 */
record TransposedRows(Tensor stored, int rows, int columns) implements Rows {

    @Override
    public void read(long first, int count, float[] into, int at) throws IOException {
        int step = Math.clamp(BATCH / columns, 1, rows);
        var chunk = new float[Math.multiplyExact(step, columns)];
        for (int row = 0; row < rows; row += step) {
            int taken = Math.min(step, rows - row);
            stored.read((long) row * columns, taken * columns, chunk, 0);
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < taken; j++) {
                    into[at + i * rows + row + j] = chunk[j * columns + (int) first + i];
                }
            }
        }
    }
}
