package dev.forebear.signals.peer;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A tensor in memory. */
record ArrayTensor(String name, Dtype dtype, List<Long> shape, float[] values) implements Tensor {

    static ArrayTensor of(String name, List<Long> shape, float... values) {
        return new ArrayTensor(name, Dtype.F32, shape, values);
    }

    static ArrayTensor random(String name, long seed, long... shape) {
        List<Long> dimensions = Arrays.stream(shape).boxed().toList();
        Random random = new Random(seed);
        float[] values = new float
                [(int) dimensions.stream().reduce(1L, Math::multiplyExact).longValue()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return of(name, dimensions, values);
    }

    ArrayTensor withDtype(Dtype other) {
        return new ArrayTensor(name, other, shape, values);
    }

    @Override
    public long elements() {
        return values.length;
    }

    @Override
    public void read(long first, int count, float[] into, int at) {
        System.arraycopy(values, Math.toIntExact(first), into, at, count);
    }
}
