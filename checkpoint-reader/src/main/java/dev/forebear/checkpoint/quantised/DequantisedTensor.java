package dev.forebear.checkpoint.quantised;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Quantisation;
import dev.forebear.checkpoint.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** The weight that a packed matrix stands for, under the name that it has in a plain checkpoint. */
record DequantisedTensor(String name, PackedMatrix matrix) implements Tensor {

    /** Values made at a time. */
    private static final int BATCH = 1 << 20;

    @Override
    public Dtype dtype() {
        return Dtype.F32;
    }

    @Override
    public Quantisation quantisation() {
        return matrix.quantisation();
    }

    @Override
    public List<Long> shape() {
        return List.of(matrix.rows(), (long) matrix.columns());
    }

    @Override
    public long elements() {
        return Math.multiplyExact(matrix.rows(), (long) matrix.columns());
    }

    @Override
    public long bytes() {
        return matrix.bytes();
    }

    @Override
    public void read(long first, int count, float[] into, int at) throws IOException {
        Objects.checkFromIndexSize(first, count, elements());
        Objects.checkFromIndexSize(at, count, into.length);
        int columns = matrix.columns();
        int done = 0;
        while (done < count) {
            long row = (first + done) / columns;
            int column = (int) ((first + done) % columns);
            int left = count - done;
            if (column == 0 && left >= columns) {
                int rows = Math.min(left / columns, Math.max(1, BATCH / columns));
                matrix.readRows(row, rows, into, at + done);
                done += rows * columns;
            } else {
                int part = Math.min(columns - column, left);
                var whole = new float[columns];
                matrix.readRows(row, 1, whole, 0);
                System.arraycopy(whole, column, into, at + done, part);
                done += part;
            }
        }
    }
}
