package dev.forebear.checkpoint.view;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Quantisation;
import dev.forebear.checkpoint.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Some columns of a matrix as rows: column {@code first}, then every {@code step}-th. Reading any of them reads the
 * whole matrix, once while memory lasts.
 *
 * @param stored (rows × columns)
 * @param turned its columns as rows
 * @param count number of columns
 */
public record TurnedColumns(Tensor stored, KeptMatrix turned, int first, int count, int step) implements Tensor {

    @Override
    public String name() {
        return stored.name();
    }

    @Override
    public Dtype dtype() {
        return stored.dtype();
    }

    @Override
    public @Nullable Quantisation quantisation() {
        return stored.quantisation();
    }

    @Override
    public List<Long> shape() {
        return List.of((long) count, (long) turned.columns());
    }

    @Override
    public long elements() {
        return (long) count * turned.columns();
    }

    @Override
    public void read(long from, int values, float[] into, int at) throws IOException {
        Objects.checkFromIndexSize(from, values, elements());
        Objects.checkFromIndexSize(at, values, into.length);
        Rows.values(this::rows, turned.columns(), from, values, into, at);
    }

    private void rows(long row, int some, float[] into, int at) throws IOException {
        int width = turned.columns();
        for (int i = 0; i < some; i++) {
            float[] one = turned.rows(Math.toIntExact(first + (row + i) * step), 1);
            System.arraycopy(one, 0, into, at + i * width, width);
        }
    }
}
