package dev.forebear.checkpoint.quantised;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Quantisation;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.view.Rows;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** The weight that a packed matrix stands for, under the name that it has in a plain checkpoint. */
record DequantisedTensor(String name, PackedMatrix matrix) implements Tensor {

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
        Rows.values(matrix::readRows, matrix.columns(), first, count, into, at);
    }
}
