package dev.forebear.cli.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.cli.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A few models of the zoo with their part of its lineage. */
final class ReducedZoo {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder;
    private final ObjectNode lineage = MAPPER.createObjectNode();
    private final ArrayNode models = lineage.putArray("models");

    private ReducedZoo(Path folder) {
        this.folder = folder;
    }

    /** Copies models, which are uploaded in this order. */
    static ReducedZoo of(Path folder, List<String> chosen) throws IOException {
        var zoo = new ReducedZoo(folder);
        var known =
                MAPPER.readTree(Path.of("..", "zoo", "lineage.json").toFile()).path("models");
        for (String id : chosen) {
            Zoo.copy(id, folder.resolve(id));
            known.forEach(model -> {
                if (model.path("id").asText().equals(id)) {
                    zoo.models.add(model);
                }
            });
        }
        return zoo.written();
    }

    /** Adds a model that is not from the zoo. */
    ReducedZoo with(String json) throws IOException {
        models.add(MAPPER.readTree(json));
        return written();
    }

    private ReducedZoo written() throws IOException {
        Files.write(folder.resolve("lineage.json"), MAPPER.writeValueAsBytes(lineage));
        return this;
    }
}
