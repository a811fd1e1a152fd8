package dev.forebear.cli.system.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A model of the zoo.
 *
 * @param id name of the model
 * @param folder its files
 * @param registry where it is registered in the demonstration
 */
record ZooModel(String id, Path folder, DemoRegistry registry) {

    /** All models, ancestors before descendants: the order in which they would have been published. */
    static List<ZooModel> all(Path zoo) throws IOException {
        var file = zoo.resolve("lineage.json");
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException(Reason.MISSING, file.toString(), "expected the zoo's lineage, found no file");
        }
        Map<String, JsonNode> unordered = new LinkedHashMap<>();
        new ObjectMapper()
                .readTree(file.toFile())
                .path("models")
                .forEach(model -> unordered.put(model.path("id").asText(), model));
        var ordered = new LinkedHashMap<String, ZooModel>();
        unordered.keySet().forEach(id -> visit(id, unordered, ordered, zoo));
        return List.copyOf(ordered.values());
    }

    private static void visit(String id, Map<String, JsonNode> unordered, Map<String, ZooModel> ordered, Path zoo) {
        var model = unordered.get(id);
        if (model == null || ordered.containsKey(id)) {
            return;
        }
        for (var field : List.of("parents", "soft_parents")) {
            model.path(field).forEach(parent -> visit(parent.asText(), unordered, ordered, zoo));
        }
        boolean base = "base".equals(model.path("relation").asText());
        ordered.put(
                id, new ZooModel(id, zoo.resolve(model.path("dir").asText()), DemoRegistry.of(base, ordered.size())));
    }

    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
