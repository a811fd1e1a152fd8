package dev.forebear.checkpoint.quantised;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.MemoryStorage;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.safetensors.SafetensorsBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** A checkpoint of packed parts, from the golden cases and as a test changes them. */
final class PackedModel {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode settings;
    private final Map<String, Part> parts = new LinkedHashMap<>();

    /** What a test may lie about. */
    record Part(String dtype, List<Long> shape, byte[] bytes) {}

    private PackedModel(ObjectNode settings) {
        this.settings = settings;
    }

    static List<JsonNode> goldenCases() throws IOException {
        JsonNode cases = JSON.readTree(Files.readString(Path.of("src/test/resources/quantised/golden.json")));
        return StreamSupport.stream(cases.spliterator(), false).toList();
    }

    static PackedModel golden(String name) throws IOException {
        return of(goldenCases().stream()
                .filter(golden -> golden.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow());
    }

    static PackedModel of(JsonNode golden) {
        var model = new PackedModel((ObjectNode) golden.path("settings"));
        golden.path("tensors").properties().forEach(tensor -> {
            JsonNode part = tensor.getValue();
            model.parts.put(
                    tensor.getKey(),
                    new Part(
                            part.path("dtype").asText(),
                            StreamSupport.stream(part.path("shape").spliterator(), false)
                                    .map(JsonNode::asLong)
                                    .toList(),
                            HexFormat.of().parseHex(part.path("hex").asText())));
        });
        return model;
    }

    List<String> names() {
        return List.copyOf(parts.keySet());
    }

    Part part(String name) {
        return parts.get(name);
    }

    PackedModel with(String name, Part part) {
        parts.put(name, part);
        return this;
    }

    PackedModel with(String name, String dtype, long... shape) {
        long values = 1;
        for (long dimension : shape) {
            values *= dimension;
        }
        int width = Integer.parseInt(dtype.replaceAll("F8_.*", "8").replaceAll("[A-Z]", "")) / 8;
        var bytes = new byte[(int) values * width];
        return with(name, new Part(dtype, Arrays.stream(shape).boxed().toList(), bytes));
    }

    PackedModel without(String name) {
        parts.remove(name);
        return this;
    }

    MemoryStorage storage() {
        var data = new ByteArrayOutputStream();
        ObjectNode header = JSON.createObjectNode();
        parts.forEach((name, part) -> {
            ObjectNode entry = header.putObject(name);
            entry.put("dtype", part.dtype());
            part.shape().forEach(entry.putArray("shape")::add);
            entry.putArray("data_offsets").add(data.size()).add(data.size() + part.bytes().length);
            data.writeBytes(part.bytes());
        });
        ObjectNode config = JSON.createObjectNode();
        config.set("quantization_config", settings);
        return new MemoryStorage()
                .with("config.json", config.toString())
                .with(
                        "model.safetensors",
                        SafetensorsBytes.file(header.toString().getBytes(), data.toByteArray()));
    }

    List<Tensor> weights() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(storage())) {
            return checkpoint.weights();
        }
    }

    /** Every value of every weight. */
    static float[] values(Tensor weight) throws IOException {
        var values = new float[(int) weight.elements()];
        weight.read(0, values.length, values, 0);
        return values;
    }
}
