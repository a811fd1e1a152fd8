package dev.forebear.checkpoint.naming;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Quantisation;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.WeightMatrix;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows of a tensor stored (in × out), as Conv1D of GPT-2 does. Reading any rows reads the whole tensor once. */
record TransposedMatrix(Tensor tensor, MatrixRows outputs, int columns) implements WeightMatrix {

    /** Values held at a time. */
    private static final int CHUNK = 1 << 20;

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
        return true;
    }

    @Override
    public void readRows(int first, int count, float[] into) throws IOException {
        Objects.checkFromIndexSize(first, count, rows());
        Objects.checkFromIndexSize(0, Math.multiplyExact(count, columns), into.length);
        int width = outputs.stored();
        int step = Math.clamp(CHUNK / width, 1, columns);
        var chunk = new float[Math.multiplyExact(step, width)];
        for (int input = 0; input < columns; input += step) {
            int inputs = Math.min(step, columns - input);
            tensor.read((long) input * width, inputs * width, chunk, 0);
            for (int row = 0; row < count; row++) {
                int stored = outputs.storedRow(first + row);
                for (int i = 0; i < inputs; i++) {
                    into[row * columns + input + i] = chunk[i * width + stored];
                }
            }
        }
    }
}
