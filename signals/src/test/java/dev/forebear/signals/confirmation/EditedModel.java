package dev.forebear.signals.confirmation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A one-file model of the zoo in BF16 whose tensors are edited and written anew. */
final class EditedModel {

    /** Bit patterns in BF16. */
    static final short NAN = 0x7FC0;

    static final short INFINITY = 0x7F80;
    static final short HALF = 0x3F00;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path original;
    private final ObjectNode config;
    private final Map<String, short[][]> tensors = new TreeMap<>();
    private UnaryOperator<String> tokens = UnaryOperator.identity();

    private EditedModel(Path original) throws IOException {
        this.original = original;
        this.config = (ObjectNode) JSON.readTree(original.resolve("config.json").toFile());
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(original.resolve("model.safetensors")))
                .order(ByteOrder.LITTLE_ENDIAN);
        int header = Math.toIntExact(file.getLong(0));
        JsonNode entries = JSON.readTree(file.array(), 8, header);
        for (Map.Entry<String, JsonNode> entry : entries.properties()) {
            if (!entry.getKey().equals("__metadata__")) {
                JsonNode shape = entry.getValue().get("shape");
                int columns = shape.get(shape.size() - 1).asInt();
                int rows = shape.size() == 1 ? 1 : shape.get(0).asInt();
                short[][] values = new short[rows][columns];
                file.position(
                        8 + header + entry.getValue().get("data_offsets").get(0).asInt());
                for (short[] row : values) {
                    for (int i = 0; i < columns; i++) {
                        row[i] = file.getShort();
                    }
                }
                tensors.put(entry.getKey(), values);
            }
        }
    }

    static EditedModel of(String model) throws IOException {
        return new EditedModel(Path.of("../zoo").resolve(model));
    }

    /** The same value everywhere in all tensors whose names contain a part. */
    EditedModel fill(String part, short bits) {
        return fillRows(part, 0, bits);
    }

    /** The same value everywhere from a row on. */
    EditedModel fillRows(String part, int from, short bits) {
        tensors.forEach((name, rows) -> {
            for (int i = from; i < rows.length && name.contains(part); i++) {
                Arrays.fill(rows[i], bits);
            }
        });
        return this;
    }

    /** Rows that are copies of the first one. */
    EditedModel repeatFirstRow(String part, int from) {
        tensors.forEach((name, rows) -> {
            for (int i = from; i < rows.length && name.contains(part); i++) {
                rows[i] = rows[0].clone();
            }
        });
        return this;
    }

    /** Noise on all matrices until rows have this cosine to what they were, as long training makes them drift. */
    EditedModel drift(double cosine, long seed) {
        Random random = new Random(seed);
        double scale = Math.sqrt(1 / (cosine * cosine) - 1);
        tensors.values().stream().filter(rows -> rows.length > 1).forEach(rows -> {
            double rms = Math.sqrt(Arrays.stream(rows)
                    .flatMapToDouble(
                            row -> IntStream.range(0, row.length).mapToDouble(i -> value(row[i]) * value(row[i])))
                    .average()
                    .orElse(0));
            for (short[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    double drifted = value(row[i]) + scale * rms * random.nextGaussian();
                    row[i] = (short) (Float.floatToRawIntBits((float) drifted) >>> 16);
                }
            }
        });
        return this;
    }

    private static float value(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    EditedModel without(Predicate<String> tensor) {
        tensors.keySet().removeIf(tensor);
        return this;
    }

    EditedModel take(String tensor, EditedModel other) {
        tensors.replaceAll((name, rows) -> name.equals(tensor) ? other.tensors.getOrDefault(name, rows) : rows);
        return this;
    }

    EditedModel config(String name, int value) {
        config.put(name, value);
        return this;
    }

    EditedModel rename(UnaryOperator<String> changed) {
        tokens = changed;
        return this;
    }

    ModelWeights write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.copy(original.resolve("tokenizer_config.json"), folder.resolve("tokenizer_config.json"));
        JSON.writeValue(folder.resolve("config.json").toFile(), config);
        writeTokenizer(folder);
        ObjectNode entries = JSON.createObjectNode();
        int end = 0;
        for (Map.Entry<String, short[][]> tensor : tensors.entrySet()) {
            short[][] rows = tensor.getValue();
            ObjectNode entry = entries.putObject(tensor.getKey()).put("dtype", "BF16");
            int[] shape = rows.length == 1 ? new int[] {rows[0].length} : new int[] {rows.length, rows[0].length};
            Arrays.stream(shape).forEach(entry.withArray("shape")::add);
            entry.withArray("data_offsets").add(end).add(end += 2 * rows.length * rows[0].length);
        }
        byte[] header = entries.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + header.length + end).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(header.length).put(header);
        tensors.values().stream().flatMap(Arrays::stream).forEach(row -> {
            for (short value : row) {
                file.putShort(value);
            }
        });
        Files.write(folder.resolve("model.safetensors"), file.array());
        return ModelWeights.of(Checkpoint.open(new FolderStorage(folder)));
    }

    private void writeTokenizer(Path folder) throws IOException {
        ObjectNode tokenizer =
                (ObjectNode) JSON.readTree(original.resolve("tokenizer.json").toFile());
        ObjectNode model = (ObjectNode) tokenizer.get("model");
        ObjectNode vocabulary = JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> token : model.get("vocab").properties()) {
            vocabulary.set(tokens.apply(token.getKey()), token.getValue());
        }
        model.set("vocab", vocabulary);
        JSON.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer);
    }
}
