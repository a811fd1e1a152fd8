package dev.forebear.checkpoint.view;

import java.io.IOException;

/** Makes whole rows of a matrix, of which any run of values can then be read. */
public interface Rows {

    /** Values made at a time. */
    int BATCH = 1 << 20;

    /** Writes rows {@code first} to {@code first + count - 1}, one after another, from {@code at} on. */
    void read(long first, int count, float[] into, int at) throws IOException;

    /** Values {@code first} to {@code first + count - 1} of a matrix of these rows, in row-major order. */
    static void values(Rows rows, int columns, long first, int count, float[] into, int at) throws IOException {
        int done = 0;
        while (done < count) {
            long row = (first + done) / columns;
            int column = (int) ((first + done) % columns);
            int left = count - done;
            if (column == 0 && left >= columns) {
                int whole = Math.min(left / columns, Math.max(1, BATCH / columns));
                rows.read(row, whole, into, at + done);
                done += whole * columns;
            } else {
                int part = Math.min(columns - column, left);
                var one = new float[columns];
                rows.read(row, 1, one, 0);
                System.arraycopy(one, column, into, at + done, part);
                done += part;
            }
        }
    }
}
