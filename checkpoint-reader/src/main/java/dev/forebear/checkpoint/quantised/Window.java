package dev.forebear.checkpoint.quantised;

import dev.forebear.checkpoint.StoredTensor;
import dev.forebear.checkpoint.numbers.Widening;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Some columns of all rows of a stored tensor: what layouts that pack a matrix (in × out) need for rows of the matrix
 * (out × in).
 *
 * <pre>
 *   row 0   ......[####]..........
 *   row 1   ......[####]..........
 * </pre>
 */
final class Window {

    /** Gaps up to this size cost less to read than another request. */
    private static final int GAP = 64 << 10;

    /** Bytes of one read. */
    private static final int CHUNK = 4 << 20;

    private final StoredTensor tensor;
    private final int rows;
    private final long stride;

    /** @param columns values in a row of the tensor */
    Window(StoredTensor tensor, int rows, long columns) {
        this.tensor = tensor;
        this.rows = rows;
        this.stride = columns * tensor.dtype().bits() / Byte.SIZE;
    }

    /** Columns {@code first} to {@code first + count - 1} of every row, row after row. */
    float[] floats(int first, int count) throws IOException {
        var values = new float[Math.multiplyExact(rows, count)];
        Widening.widen(tensor.dtype(), bytes(first, count), values, 0, values.length);
        return values;
    }

    /** The same for words of 32 bits. */
    int[] words(int first, int count) throws IOException {
        var words = new int[Math.multiplyExact(rows, count)];
        bytes(first, count).asIntBuffer().get(words);
        return words;
    }

    private ByteBuffer bytes(int first, int count) throws IOException {
        int size = tensor.dtype().bits() / Byte.SIZE;
        int width = Math.multiplyExact(count, size);
        long from = (long) first * size;
        var window = ByteBuffer.allocate(Math.multiplyExact(rows, width));
        if (stride - width > GAP) {
            for (int row = 0; row < rows; row++) {
                window.limit((row + 1) * width);
                tensor.readBytes(row * stride + from, window);
            }
        } else {
            readOver(from, width, window);
        }
        return window.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads some rows at a time, with the gaps between their columns. */
    private void readOver(long from, int width, ByteBuffer window) throws IOException {
        int step = (int) Math.clamp(CHUNK / stride, 1, rows);
        var chunk = ByteBuffer.allocate(Math.toIntExact((step - 1) * stride + width));
        for (int row = 0; row < rows; row += step) {
            int taken = Math.min(step, rows - row);
            chunk.clear().limit((int) ((taken - 1) * stride + width));
            tensor.readBytes(row * stride + from, chunk);
            for (int i = 0; i < taken; i++) {
                window.put(chunk.array(), (int) (i * stride), width);
            }
        }
    }
}
