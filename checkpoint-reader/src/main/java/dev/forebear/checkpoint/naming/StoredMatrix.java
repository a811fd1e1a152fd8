package dev.forebear.checkpoint.naming;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Quantisation;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.checkpoint.view.TurnedColumns;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows of a tensor stored (out × in), as linear layers are. */
record StoredMatrix(Tensor tensor, MatrixRows outputs, int columns) implements WeightMatrix {

    @Override
    public int rows() {
        return outputs.rows();
    }

    @Override
    public String name() {
        return tensor.name();
    }

    @Override
    public Dtype dtype() {
        return tensor.dtype();
    }

    @Override
    public @Nullable Quantisation quantisation() {
        return tensor.quantisation();
    }

    @Override
    public boolean rowsAreApart() {
        return tensor instanceof TurnedColumns;
    }

    @Override
    public void readRows(int first, int count, float[] into) throws IOException {
        Objects.checkFromIndexSize(first, count, rows());
        Objects.checkFromIndexSize(0, Math.multiplyExact(count, columns), into.length);
        int done = 0;
        while (done < count) {
            int run = Math.min(outputs.run(first + done), count - done);
            long start = (long) outputs.storedRow(first + done) * columns;
            tensor.read(start, run * columns, into, done * columns);
            done += run;
        }
    }
}
