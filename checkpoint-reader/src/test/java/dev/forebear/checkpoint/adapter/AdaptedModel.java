package dev.forebear.checkpoint.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.MemoryStorage;
import dev.forebear.checkpoint.safetensors.SafetensorsBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;

/** A base and an adapter in memory, from the golden cases and as a test changes them. */
final class AdaptedModel {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = "base_model.model.";

    private final ObjectNode golden;

    private AdaptedModel(ObjectNode golden) {
        this.golden = golden;
    }

    static List<JsonNode> goldenCases() throws IOException {
        JsonNode cases = JSON.readTree(Files.readString(Path.of("src/test/resources/adapter/golden.json")));
        return StreamSupport.stream(cases.spliterator(), false).toList();
    }

    static AdaptedModel golden(String name) throws IOException {
        return new AdaptedModel((ObjectNode) goldenCases().stream()
                .filter(found -> found.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow());
    }

    JsonNode expected() {
        return golden.path("expected");
    }

    /** With a field of the adapter's configuration. */
    AdaptedModel with(String field, String json) throws IOException {
        ((ObjectNode) golden.path("config")).set(field, JSON.readTree(json));
        return this;
    }

    /** With a tensor of the adapter that holds zeros. */
    AdaptedModel withTensor(String name, long... shape) {
        ObjectNode tensor = ((ObjectNode) golden.path("adapter")).putObject(PREFIX + name);
        long values = 1;
        for (long size : shape) {
            tensor.withArray("shape").add(size);
            values *= size;
        }
        tensor.put("hex", "00".repeat((int) (values * Float.BYTES)));
        return this;
    }

    AdaptedModel without(String name) {
        ((ObjectNode) golden.path("adapter")).remove(PREFIX + name);
        return this;
    }

    MemoryStorage adapter() throws IOException {
        return new MemoryStorage()
                .with("adapter_config.json", JSON.writeValueAsString(golden.path("config")))
                .with("adapter_model.safetensors", file(golden.path("adapter")));
    }

    MemoryStorage base() throws IOException {
        return new MemoryStorage().with("model.safetensors", file(golden.path("base")));
    }

    Checkpoint open() throws IOException {
        return Checkpoint.open(adapter(), base());
    }

    private static byte[] file(JsonNode tensors) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        var data = new ByteArrayOutputStream();
        tensors.properties().forEach(tensor -> {
            ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "F32");
            entry.set("shape", tensor.getValue().path("shape"));
            int begin = data.size();
            data.writeBytes(
                    HexFormat.of().parseHex(tensor.getValue().path("hex").asText()));
            entry.putArray("data_offsets").add(begin).add(data.size());
        });
        return SafetensorsBytes.file(
                JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8), data.toByteArray());
    }
}
