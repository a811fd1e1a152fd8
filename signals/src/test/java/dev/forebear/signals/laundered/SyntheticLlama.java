package dev.forebear.signals.laundered;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A model in the layout of Llama with random weights, without a tokenizer: its tokens are known by their ids. */
final class SyntheticLlama {

    private static final int HEADS = 4;

    private final int hidden;
    private final int neurons;
    private final int layers;
    private final Map<String, float[][]> tensors = new TreeMap<>();

    private SyntheticLlama(int hidden, int neurons, int layers) {
        this.hidden = hidden;
        this.neurons = neurons;
        this.layers = layers;
    }

    static SyntheticLlama random(long seed, int hidden, int neurons, int layers, int vocabulary) {
        SyntheticLlama model = new SyntheticLlama(hidden, neurons, layers);
        Random random = new Random(seed);
        model.tensors.put("model.embed_tokens.weight", matrix(random, vocabulary, hidden));
        model.tensors.put("model.norm.weight", ones(hidden));
        for (int layer = 0; layer < layers; layer++) {
            model.put(layer, "input_layernorm", ones(hidden));
            model.put(layer, "post_attention_layernorm", ones(hidden));
            model.put(layer, "self_attn.q_proj", matrix(random, hidden, hidden));
            model.put(layer, "self_attn.k_proj", matrix(random, hidden / 2, hidden));
            model.put(layer, "self_attn.v_proj", matrix(random, hidden / 2, hidden));
            model.put(layer, "self_attn.o_proj", matrix(random, hidden, hidden));
            model.put(layer, "mlp.gate_proj", matrix(random, neurons, hidden));
            model.put(layer, "mlp.up_proj", matrix(random, neurons, hidden));
            model.put(layer, "mlp.down_proj", matrix(random, hidden, neurons));
        }
        return model;
    }

    /** The same function: neurons in another order, up rescaled against down, residual dimensions reordered. */
    SyntheticLlama laundered(long seed) {
        SyntheticLlama copy = new SyntheticLlama(hidden, neurons, layers);
        Random random = new Random(seed);
        int[] dimensions = order(random, hidden);
        int[] order = order(random, neurons);
        tensors.forEach((name, rows) -> {
            float[][] changed = name.contains("gate_proj") || name.contains("up_proj") ? reordered(rows, order) : rows;
            changed = name.contains("o_proj") ? reordered(changed, dimensions) : changed;
            changed = name.contains("down_proj") ? columns(reordered(changed, dimensions), order, -2) : changed;
            changed = name.contains("o_proj") || name.contains("down_proj")
                    ? changed
                    : columns(changed, dimensions, name.contains("up_proj") ? -0.5F : 1);
            copy.tensors.put(name, changed);
        });
        return copy;
    }

    SyntheticLlama with(String part, SyntheticLlama other) {
        SyntheticLlama copy = new SyntheticLlama(hidden, neurons, layers);
        tensors.forEach((name, rows) -> copy.tensors.put(name, name.contains(part) ? other.rows(name) : rows));
        return copy;
    }

    /** The same value everywhere in some tensors. */
    SyntheticLlama constant(String part, float value) {
        SyntheticLlama copy = new SyntheticLlama(hidden, neurons, layers);
        tensors.forEach((name, rows) -> {
            float[][] values = new float[rows.length][rows[0].length];
            for (float[] row : values) {
                Arrays.fill(row, value);
            }
            copy.tensors.put(name, name.contains(part) ? values : rows);
        });
        return copy;
    }

    Checkpoint write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), """
            {"model_type":"llama","hidden_size":%d,"intermediate_size":%d,"num_hidden_layers":%d,\
            "num_attention_heads":%d,"num_key_value_heads":%d,"vocab_size":%d,"tie_word_embeddings":true}\
            """.formatted(
                        hidden, neurons, layers, HEADS, HEADS / 2, rows("model.embed_tokens.weight").length));
        StringJoiner entries = new StringJoiner(",", "{", "}");
        long end = 0;
        for (Map.Entry<String, float[][]> tensor : tensors.entrySet()) {
            float[][] rows = tensor.getValue();
            String shape =
                    rows.length == 1 ? "[" + rows[0].length + "]" : "[" + rows.length + "," + rows[0].length + "]";
            long begin = end;
            end += 2L * rows.length * rows[0].length;
            entries.add("\"%s\":{\"dtype\":\"BF16\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                    .formatted(tensor.getKey(), shape, begin, end));
        }
        byte[] header = entries.toString().getBytes(StandardCharsets.UTF_8);
        try (OutputStream file =
                new BufferedOutputStream(Files.newOutputStream(folder.resolve("model.safetensors")), 1 << 20)) {
            file.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            file.write(header);
            for (float[][] rows : tensors.values()) {
                for (float[] row : rows) {
                    file.write(bytes(row));
                }
            }
        }
        return Checkpoint.open(new FolderStorage(folder));
    }

    private float[][] rows(String name) {
        return tensors.getOrDefault(name, new float[0][]);
    }

    private void put(int layer, String name, float[][] rows) {
        tensors.put("model.layers." + layer + "." + name + ".weight", rows);
    }

    private static byte[] bytes(float[] row) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * row.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : row) {
            bytes.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
        }
        return bytes.array();
    }

    private static float[][] matrix(Random random, int rows, int columns) {
        float[][] values = new float[rows][columns];
        for (float[] row : values) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextFloat() - 0.5F;
            }
        }
        return values;
    }

    private static float[][] ones(int size) {
        float[][] ones = new float[1][size];
        Arrays.fill(ones[0], 1);
        return ones;
    }

    private static int[] order(Random random, int size) {
        int[] order = IntStream.range(0, size).toArray();
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int held = order[i];
            order[i] = order[j];
            order[j] = held;
        }
        return order;
    }

    private static float[][] reordered(float[][] rows, int[] order) {
        return IntStream.of(order).mapToObj(i -> rows[i]).toArray(float[][]::new);
    }

    private static float[][] columns(float[][] rows, int[] order, float factor) {
        float[][] changed = new float[rows.length][order.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < order.length; j++) {
                changed[i][j] = factor * rows[i][order[j]];
            }
        }
        return changed;
    }
}
