package dev.forebear.checkpoint.view;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Quantisation;
import dev.forebear.checkpoint.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A tensor seen under another name, and perhaps in another order.
 *
 * @param stored what it is made of
 * @param reading how its values are read; the range is checked before
 */
public record TensorView(String name, List<Long> shape, Tensor stored, Reading reading) implements Tensor {

    /** Reads values {@code first} to {@code first + count - 1}. */
    public interface Reading {
        void read(long first, int count, float[] into, int at) throws IOException;
    }

    public TensorView {
        shape = List.copyOf(shape);
    }

    /** The same tensor under another name. */
    public static TensorView renamed(String name, Tensor stored) {
        return new TensorView(name, stored.shape(), stored, stored::read);
    }

    /** Every value plus the same number. */
    public static TensorView shifted(Tensor stored, float by) {
        return new TensorView(stored.name(), stored.shape(), stored, (first, count, into, at) -> {
            stored.read(first, count, into, at);
            for (int i = at; i < at + count; i++) {
                into[i] += by;
            }
        });
    }

    /** One of the equal parts that the first dimension counts. */
    public static TensorView part(String name, Tensor stored, long index) {
        List<Long> shape = stored.shape().subList(1, stored.shape().size());
        long skipped = index * (stored.elements() / stored.shape().getFirst());
        return new TensorView(
                name, shape, stored, (first, count, into, at) -> stored.read(skipped + first, count, into, at));
    }

    /** Some rows of a matrix: row {@code first}, then every {@code step}-th. */
    public static TensorView rows(String name, Tensor stored, long first, long count, long step) {
        int columns = Math.toIntExact(stored.shape().get(1));
        Rows rows = new ReorderedRows(stored, columns, row -> first + row * step);
        return new TensorView(
                name,
                List.of(count, (long) columns),
                stored,
                (from, values, into, at) -> Rows.values(rows, columns, from, values, into, at));
    }

    /** Rows (or values of a vector) in another order: row {@code r} is stored row {@code order(r)}. */
    public static TensorView reordered(Tensor stored, LongUnaryOperator order) {
        int columns = stored.shape().size() == 1
                ? 1
                : Math.toIntExact(stored.elements() / stored.shape().getFirst());
        Rows rows = new ReorderedRows(stored, columns, order);
        return new TensorView(
                stored.name(),
                stored.shape(),
                stored,
                (first, count, into, at) -> Rows.values(rows, columns, first, count, into, at));
    }

    /** A matrix with its rows as columns. Reading any rows reads the whole stored matrix. */
    public static TensorView transposed(Tensor stored) {
        int rows = Math.toIntExact(stored.shape().get(0));
        int columns = Math.toIntExact(stored.shape().get(1));
        Rows transposed = new TransposedRows(stored, rows, columns);
        return new TensorView(
                stored.name(),
                List.of((long) columns, (long) rows),
                stored,
                (first, count, into, at) -> Rows.values(transposed, rows, first, count, into, at));
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
    public String storedAs() {
        return stored.storedAs();
    }

    @Override
    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    @Override
    public long bytes() {
        return elements() == 0 ? 0 : stored.bytes() / (stored.elements() / elements());
    }

    @Override
    public void read(long first, int count, float[] into, int at) throws IOException {
        Objects.checkFromIndexSize(first, count, elements());
        Objects.checkFromIndexSize(at, count, into.length);
        reading.read(first, count, into, at);
    }
}
