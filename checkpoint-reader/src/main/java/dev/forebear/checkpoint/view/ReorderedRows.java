package dev.forebear.checkpoint.view;

import dev.forebear.checkpoint.Tensor;
import java.io.IOException;
import java.util.function.LongUnaryOperator;

/**
 * Rows of a matrix in another order. Rows that lie near each other are read at once.
 *
 * @param order stored row behind a row
 */
record ReorderedRows(Tensor stored, int columns, LongUnaryOperator order) implements Rows {

    /** Most rows read for each row wanted. */
    private static final int SPREAD = 4;

    @Override
    public void read(long first, int count, float[] into, int at) throws IOException {
        long low = Long.MAX_VALUE;
        long high = 0;
        for (long row = first; row < first + count; row++) {
            long place = order.applyAsLong(row);
            low = Math.min(low, place);
            high = Math.max(high, place);
        }
        long span = high - low + 1;
        if (span > (long) SPREAD * count || span * columns > (long) SPREAD * Math.max(BATCH, columns)) {
            for (int row = 0; row < count; row++) {
                stored.read(order.applyAsLong(first + row) * columns, columns, into, at + row * columns);
            }
            return;
        }
        var around = new float[Math.toIntExact(span * columns)];
        stored.read(low * columns, around.length, around, 0);
        for (int row = 0; row < count; row++) {
            int from = (int) (order.applyAsLong(first + row) - low) * columns;
            System.arraycopy(around, from, into, at + row * columns, columns);
        }
    }
}
