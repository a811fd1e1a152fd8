package dev.forebear.signals.relation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A model of the zoo whose tensors are changed by arithmetic and written anew. Every change is a new model. */
final class RewrittenModel {

    private static final Path ZOO = Path.of("../zoo");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Values of a tensor in row-major order. */
    record Values(int[] shape, float[] data) {

        int rows() {
            return shape[0];
        }

        int columns() {
            return data.length / shape[0];
        }

        Values transposed() {
            float[] turned = new float[data.length];
            for (int i = 0; i < rows(); i++) {
                for (int j = 0; j < columns(); j++) {
                    turned[j * rows() + i] = data[i * columns() + j];
                }
            }
            return new Values(new int[] {columns(), rows()}, turned);
        }

        /** Rows in another order, some left out, some more than once. */
        Values rows(int... order) {
            float[] chosen = new float[order.length * columns()];
            for (int i = 0; i < order.length; i++) {
                System.arraycopy(data, order[i] * columns(), chosen, i * columns(), columns());
            }
            int[] size = shape.clone();
            size[0] = order.length;
            return new Values(size, chosen);
        }

        Values plus(Values other, double factor) {
            float[] sum = data.clone();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += (float) (factor * other.data[i]);
            }
            return new Values(shape, sum);
        }

        Values times(double factor) {
            return plus(this, factor - 1);
        }

        boolean isMatrix() {
            return shape.length == 2;
        }
    }

    private final Map<String, Values> tensors = new TreeMap<>();
    private final ObjectNode config;
    private final @Nullable ObjectNode tokenizer;
    private final Dtype dtype;

    private RewrittenModel(ObjectNode config, @Nullable ObjectNode tokenizer, Dtype dtype) {
        this.config = config;
        this.tokenizer = tokenizer;
        this.dtype = dtype;
    }

    static RewrittenModel of(String model) throws IOException {
        Path folder = ZOO.resolve(model);
        try (Checkpoint checkpoint = Checkpoint.open(new FolderStorage(folder))) {
            RewrittenModel copy = new RewrittenModel(
                    (ObjectNode) JSON.readTree(folder.resolve("config.json").toFile()),
                    (ObjectNode) JSON.readTree(folder.resolve("tokenizer.json").toFile()),
                    checkpoint.tensors().getFirst().dtype());
            for (Tensor tensor : checkpoint.tensors()) {
                float[] data = new float[Math.toIntExact(tensor.elements())];
                tensor.read(0, data.length, data, 0);
                int[] shape = tensor.shape().stream().mapToInt(Long::intValue).toArray();
                copy.tensors.put(tensor.name(), new Values(shape, data));
            }
            return copy;
        }
    }

    /** A model without tensors and without a tokenizer. */
    static RewrittenModel empty(String config, Dtype dtype) throws IOException {
        return new RewrittenModel((ObjectNode) JSON.readTree(config), null, dtype);
    }

    private RewrittenModel copy() {
        return in(dtype);
    }

    RewrittenModel in(Dtype other) {
        RewrittenModel copy =
                new RewrittenModel(config.deepCopy(), tokenizer == null ? null : tokenizer.deepCopy(), other);
        copy.tensors.putAll(tensors);
        return copy;
    }

    RewrittenModel config(String name, Object value) {
        RewrittenModel copy = copy();
        copy.config.set(name, JSON.valueToTree(value));
        return copy;
    }

    Map<String, Values> tensors() {
        return tensors;
    }

    Values tensor(String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }

    RewrittenModel with(String name, Values values) {
        RewrittenModel copy = copy();
        copy.tensors.put(name, values);
        return copy;
    }

    RewrittenModel without(String expression) {
        RewrittenModel copy = copy();
        copy.tensors.keySet().removeIf(name -> name.matches(expression));
        return copy;
    }

    /** Changes every tensor whose name matches. */
    RewrittenModel edit(String expression, UnaryOperator<Values> change) {
        RewrittenModel copy = copy();
        copy.tensors.replaceAll((name, values) -> name.matches(expression) ? change.apply(values) : values);
        return copy;
    }

    /** Adds some of the difference of two models with the same tensors. */
    RewrittenModel plus(double factor, RewrittenModel to, RewrittenModel from) {
        RewrittenModel copy = copy();
        copy.tensors.replaceAll(
                (name, values) -> values.plus(to.tensor(name), factor).plus(from.tensor(name), -factor));
        return copy;
    }

    /** Adds normal noise, its size relative to the root mean square of the values. */
    RewrittenModel noise(String expression, double relative, long seed) {
        Random random = new Random(seed);
        return edit(expression, values -> {
            double squares = 0;
            for (float value : values.data) {
                squares += value * value;
            }
            double size = relative * Math.sqrt(squares / values.data.length);
            float[] noise = new float[values.data.length];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (float) (size * random.nextGaussian());
            }
            return values.plus(new Values(values.shape, noise), 1);
        });
    }

    /** Adds the product of two thin random matrices. */
    RewrittenModel adapter(String expression, int rank, double relative, long seed) {
        Random random = new Random(seed);
        return edit(expression, values -> {
            double squares = 0;
            for (float value : values.data) {
                squares += value * value;
            }
            double size = relative * Math.sqrt(squares / values.data.length / rank);
            double[][] left = gaussian(random, values.rows(), rank);
            double[][] right = gaussian(random, values.columns(), rank);
            float[] sum = values.data.clone();
            for (int i = 0; i < values.rows(); i++) {
                for (int j = 0; j < values.columns(); j++) {
                    for (int k = 0; k < rank; k++) {
                        sum[i * values.columns() + j] += (float) (size * left[i][k] * right[j][k]);
                    }
                }
            }
            return new Values(values.shape, sum);
        });
    }

    private static double[][] gaussian(Random random, int rows, int columns) {
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            Arrays.setAll(row, i -> random.nextGaussian());
        }
        return matrix;
    }

    /** Layers in another order, some left out, some more than once. */
    RewrittenModel layers(String prefix, String count, int... from) {
        RewrittenModel copy = config(count, from.length);
        copy.tensors.keySet().removeIf(name -> name.startsWith(prefix));
        for (int layer = 0; layer < from.length; layer++) {
            String old = prefix + from[layer] + ".";
            String now = prefix + layer + ".";
            tensors.forEach((name, values) -> {
                if (name.startsWith(old)) {
                    copy.tensors.put(now + name.substring(old.length()), values);
                }
            });
        }
        return copy;
    }

    /** Gives every token that is not special the id of another, and moves the rows along. */
    RewrittenModel renumbered(String embeddings, int[] newIds) {
        RewrittenModel copy = edit(embeddings, values -> {
            int[] order = new int[values.rows()];
            Arrays.setAll(order, i -> i);
            for (int id = 0; id < newIds.length; id++) {
                order[newIds[id]] = id;
            }
            return values.rows(order);
        });
        ObjectNode vocabulary = (ObjectNode)
                Objects.requireNonNull(copy.tokenizer).path("model").path("vocab");
        for (Map.Entry<String, JsonNode> token : vocabulary.properties()) {
            int id = token.getValue().asInt();
            vocabulary.put(token.getKey(), id < newIds.length ? newIds[id] : id);
        }
        return copy;
    }

    /** Adds tokens with ids after the last. */
    RewrittenModel moreTokens(String embeddings, int count) {
        RewrittenModel copy = edit(embeddings, values -> {
            int[] order = new int[values.rows() + count];
            Arrays.setAll(order, i -> i < values.rows() ? i : 5);
            return values.rows(order);
        });
        ObjectNode vocabulary = (ObjectNode)
                Objects.requireNonNull(copy.tokenizer).path("model").path("vocab");
        int first = config.path("vocab_size").asInt();
        for (int i = 0; i < count; i++) {
            vocabulary.put("forebear" + i, first + i);
        }
        copy.config.put("vocab_size", first + count);
        return copy;
    }

    /** Writes it as one safetensors file beside its configuration and tokenizer, and opens it. */
    ModelWeights write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("config.json"), JSON.writeValueAsBytes(config));
        if (tokenizer != null) {
            Files.write(folder.resolve("tokenizer.json"), JSON.writeValueAsBytes(tokenizer));
        }
        ObjectNode header = JSON.createObjectNode();
        long end = 0;
        for (Map.Entry<String, Values> tensor : tensors.entrySet()) {
            long begin = end;
            end += (long) tensor.getValue().data.length * dtype.bits() / Byte.SIZE;
            ObjectNode entry = header.putObject(tensor.getKey());
            entry.put("dtype", dtype.name());
            entry.set("shape", JSON.valueToTree(tensor.getValue().shape));
            entry.set("data_offsets", JSON.valueToTree(new long[] {begin, end}));
        }
        byte[] json = JSON.writeValueAsBytes(header);
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.toIntExact(8 + json.length + end)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        for (Values values : tensors.values()) {
            for (float value : values.data) {
                put(bytes, value);
            }
        }
        Files.write(folder.resolve("model.safetensors"), bytes.array());
        return ModelWeights.of(Checkpoint.open(new FolderStorage(folder)));
    }

    private void put(ByteBuffer bytes, float value) {
        float rounded = (float) Rounding.to(dtype).nearest(value);
        switch (dtype) {
            case BF16 -> bytes.putShort((short) (Float.floatToRawIntBits(rounded) >>> 16));
            case F16 -> bytes.putShort(Float.floatToFloat16(rounded));
            case F32 -> bytes.putFloat(rounded);
            default -> throw new IllegalArgumentException(dtype.name());
        }
    }
}
