package dev.forebear.cli.reference.peer;

import java.io.IOException;
import java.util.Arrays;

/** A vector whose values come in any order, each once. It grows with what comes, not with what is announced. */
final class GatheredValues {

    private final String name;
    private final int most;
    private float[] values = new float[0];
    private int count;
    private int largest = -1;

    /** @param name file and signal */
    GatheredValues(String name, int most) {
        this.name = name;
        this.most = most;
    }

    void put(int index, float value) throws IOException {
        Limits.require(name + ": row", index, most - 1);
        if (!Float.isFinite(value)) {
            throw new IOException(name + ": value: expected a finite number, found " + value + " in row " + index);
        }
        if (index >= values.length) {
            int before = values.length;
            values = Arrays.copyOf(values, Math.clamp(2L * index + 64, index + 1, Math.max(most, index + 1)));
            Arrays.fill(values, before, values.length, Float.NaN);
        }
        if (!Float.isNaN(values[index])) {
            throw new IOException(name + ": row: expected each once, found " + index + " twice");
        }
        values[index] = value;
        largest = Math.max(largest, index);
        count++;
    }

    /** All of them, without a gap. */
    float[] vector() throws IOException {
        if (count != largest + 1) {
            throw new IOException(name + ": expected " + (largest + 1) + " values, found " + count);
        }
        return Arrays.copyOf(values, count);
    }

    /** A square matrix whose rows were put {@code stride} apart, row by row. */
    float[] square(int stride) throws IOException {
        int side = (int) Math.round(Math.sqrt(count));
        float[] square = new float[side * side];
        for (int i = 0; i < square.length; i++) {
            int at = i / side * stride + i % side;
            square[i] = at < values.length ? values[at] : Float.NaN;
        }
        boolean whole = side * side == count;
        for (float value : square) {
            whole &= !Float.isNaN(value);
        }
        if (!whole) {
            throw new IOException(name + ": expected a square matrix, found " + count + " values");
        }
        return square;
    }
}
