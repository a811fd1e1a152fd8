package dev.forebear.checkpoint.adapter;

import dev.forebear.checkpoint.view.KeptMatrix;
import dev.forebear.checkpoint.view.Rows;
import java.io.IOException;

/**
 * The product of two narrow matrices that is added to a matrix, made row by row: row i is scale · left(i) · right.
 *
 * @param left (rows × rank)
 * @param right (rank × columns)
 */
record LowRankUpdate(KeptMatrix left, KeptMatrix right, double scale) {

    int rank() {
        return left.columns();
    }

    /**
     * Adds rows {@code first} to {@code first + count - 1} of the product. Sums in double, in the order of the rank.
     */
    void addTo(float[] into, int at, int first, int count) throws IOException {
        int step = Math.clamp(Rows.BATCH / Math.max(rank(), right.columns()), 1, count);
        for (int row = 0; row < count; row += step) {
            addSome(into, at + row * right.columns(), first + row, Math.min(step, count - row));
        }
    }

    private void addSome(float[] into, int at, int first, int count) throws IOException {
        int columns = right.columns();
        float[] weights = left.rows(first, count);
        var sums = new double[count * columns];
        int step = Math.clamp(Rows.BATCH / columns, 1, rank());
        for (int from = 0; from < rank(); from += step) {
            int some = Math.min(step, rank() - from);
            float[] directions = right.rows(from, some);
            for (int row = 0; row < count; row++) {
                for (int direction = 0; direction < some; direction++) {
                    double weight = weights[row * rank() + from + direction];
                    add(weight, directions, direction * columns, sums, row * columns, columns);
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            into[at + i] = (float) (into[at + i] + scale * sums[i]);
        }
    }

    private static void add(double weight, float[] directions, int from, double[] sums, int to, int columns) {
        for (int column = 0; column < columns; column++) {
            sums[to + column] += weight * directions[from + column];
        }
    }
}
