package dev.forebear.checkpoint.adapter;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.view.Rows;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A matrix of the base with an update added, as the two compute together. Only the rows that are asked for are made.
 *
 * @param base (rows × columns)
 * @param magnitudes length that each row is brought to (DoRA), one value a row; null where rows keep theirs
 */
record AdaptedTensor(
        Tensor base, LowRankUpdate update, @Nullable Tensor magnitudes) implements Tensor {

    @Override
    public String name() {
        return base.name();
    }

    /** Sums are on the grid of no shorter dtype. */
    @Override
    public Dtype dtype() {
        return Dtype.F32;
    }

    @Override
    public String storedAs() {
        return base.storedAs() + " + rank " + update.rank();
    }

    @Override
    public long bytes() {
        return base.bytes();
    }

    @Override
    public List<Long> shape() {
        return base.shape();
    }

    @Override
    public long elements() {
        return base.elements();
    }

    @Override
    public void read(long first, int count, float[] into, int at) throws IOException {
        Objects.checkFromIndexSize(first, count, elements());
        Objects.checkFromIndexSize(at, count, into.length);
        Rows.values(this::rows, columns(), first, count, into, at);
    }

    private int columns() {
        return Math.toIntExact(base.shape().get(1));
    }

    private void rows(long first, int count, float[] into, int at) throws IOException {
        base.read(first * columns(), count * columns(), into, at);
        update.addTo(into, at, Math.toIntExact(first), count);
        if (magnitudes != null) {
            var lengths = new float[count];
            magnitudes.read(first, count, lengths, 0);
            for (int row = 0; row < count; row++) {
                scale(into, at + row * columns(), lengths[row]);
            }
        }
    }

    private void scale(float[] into, int from, float length) {
        double squares = 0;
        for (int i = from; i < from + columns(); i++) {
            squares += (double) into[i] * into[i];
        }
        double factor = squares == 0 ? 0 : length / Math.sqrt(squares);
        for (int i = from; i < from + columns(); i++) {
            into[i] = (float) (into[i] * factor);
        }
    }
}
