package dev.forebear.checkpoint.naming;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.MemoryStorage;
import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.checkpoint.safetensors.SafetensorsBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A checkpoint whose tensors count: the value of an element is its place in its tensor. */
final class TinyModel {

    private final String config;
    private final Map<String, int[]> shapes = new LinkedHashMap<>();
    private String dtype = "F32";

    TinyModel(String config) {
        this.config = config.replace('\'', '"');
    }

    TinyModel with(String name, int... shape) {
        shapes.put(name, shape);
        return this;
    }

    /** A weight for each of the blocks 0 and 1; %d in the name is the block. */
    TinyModel blocks(String name, int... shape) {
        return with(name.formatted(0), shape).with(name.formatted(1), shape);
    }

    TinyModel without(String name) {
        shapes.remove(name);
        return this;
    }

    TinyModel of(String dtype) {
        this.dtype = dtype;
        return this;
    }

    /** The same model with a prefix before every name. */
    TinyModel below(String prefix) {
        var other = new TinyModel(config).of(dtype);
        shapes.forEach((name, shape) -> other.with(prefix + name, shape));
        return other;
    }

    Transformer transformer() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(storage())) {
            return checkpoint.transformer();
        }
    }

    private MemoryStorage storage() {
        int width = dtype.equals("F32") ? 4 : 1;
        int total = shapes.values().stream().mapToInt(TinyModel::elements).sum();
        var data = ByteBuffer.allocate(total * width).order(ByteOrder.LITTLE_ENDIAN);
        var header = new StringBuilder();
        shapes.forEach((name, shape) -> {
            int begin = data.position();
            for (int i = 0; i < elements(shape); i++) {
                if (width == 4) {
                    data.putFloat(i);
                } else {
                    data.put((byte) i);
                }
            }
            header.append(header.isEmpty() ? "{" : ",")
                    .append("\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                            .formatted(name, dtype, Arrays.toString(shape), begin, data.position()));
        });
        return new MemoryStorage()
                .with("config.json", config)
                .with("model.safetensors", SafetensorsBytes.file((header + "}").getBytes(), data.array()));
    }

    private static int elements(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** All values of a matrix, row by row. */
    static float[] values(WeightMatrix matrix) throws IOException {
        var values = new float[matrix.rows() * matrix.columns()];
        matrix.readRows(0, matrix.rows(), values);
        return values;
    }
}
