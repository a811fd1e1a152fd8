package dev.forebear.signals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A model made from models of the zoo by arithmetic on their tensors, and written as safetensors. */
public final class MadeModel {

    private static final Path ZOO = Path.of("../zoo");

    /** What tensors are made of. */
    @FunctionalInterface
    public interface Recipe {
        /** Values of one tensor, of the same shape as in the model it is made like. */
        float[] values(String tensor, int columns) throws IOException;
    }

    private final Path folder;

    private MadeModel(Path folder) {
        this.folder = folder;
    }

    /** All values of a tensor of a model. */
    public static float[] values(Checkpoint checkpoint, String name) throws IOException {
        Tensor tensor = checkpoint.tensors().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        float[] values = new float[Math.toIntExact(tensor.elements())];
        tensor.read(0, values.length, values, 0);
        return values;
    }

    /** Written in BF16, with the configuration and tokenizer of a model of the zoo. */
    public static MadeModel like(String model, Path folder, Recipe recipe) throws IOException {
        Files.createDirectories(folder);
        for (String file : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
            Files.copy(ZOO.resolve(model).resolve(file), folder.resolve(file));
        }
        ObjectNode header = new ObjectMapper().createObjectNode();
        Map<String, float[]> made = new TreeMap<>();
        long at = 0;
        try (Checkpoint checkpoint = Checkpoint.open(new FolderStorage(ZOO.resolve(model)))) {
            for (Tensor tensor : checkpoint.tensors()) {
                int columns = Math.toIntExact(tensor.shape().getLast());
                float[] values = recipe.values(tensor.name(), columns);
                made.put(tensor.name(), values);
                ObjectNode entry = header.putObject(tensor.name()).put("dtype", "BF16");
                tensor.shape().forEach(entry.withArray("shape")::add);
                entry.withArray("data_offsets").add(at).add(at + 2L * values.length);
                at += 2L * values.length;
            }
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.toIntExact(8 + json.length + at)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        for (float[] values : made.values()) {
            for (float value : values) {
                int bits = Float.floatToRawIntBits(value);
                bytes.putShort((short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16));
            }
        }
        Files.write(folder.resolve("model.safetensors"), bytes.array());
        return new MadeModel(folder);
    }

    public ModelWeights open() throws IOException {
        return ModelWeights.of(Checkpoint.open(new FolderStorage(folder)));
    }
}
