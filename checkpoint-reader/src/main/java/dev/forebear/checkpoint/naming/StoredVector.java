package dev.forebear.checkpoint.naming;

import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.WeightVector;
import java.io.IOException;

/** A stored gain or bias, with {@code offset} added to every value: 1 where a gain g is stored as g − 1. */
record StoredVector(Tensor tensor, int size, float offset) implements WeightVector {

    @Override
    public String name() {
        return tensor.name();
    }

    @Override
    public float[] read() throws IOException {
        var values = new float[size];
        tensor.read(0, size, values, 0);
        for (int i = 0; i < size; i++) {
            values[i] += offset;
        }
        return values;
    }
}
