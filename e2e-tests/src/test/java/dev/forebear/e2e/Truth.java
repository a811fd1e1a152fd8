package dev.forebear.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The true lineage of the zoo. */
final class Truth {

    private final Map<String, JsonNode> models = new HashMap<>();

    Truth() throws IOException {
        new ObjectMapper()
                .readTree(ChildProcess.ROOT.resolve("zoo/lineage.json").toFile())
                .path("models")
                .forEach(model -> models.put(model.path("id").asText(), model));
    }

    boolean isAncestor(String ancestor, String of) {
        return ancestors(of).contains(ancestor);
    }

    Set<String> parents(String id) {
        var parents = new HashSet<String>();
        models.get(id).path("parents").forEach(parent -> parents.add(parent.asText()));
        return parents;
    }

    /** What was done to its parents. */
    String kind(String id) {
        return models.get(id).path("kind").asText();
    }

    boolean isHidden(String id) {
        return models.get(id).path("card").asText().equals("hidden");
    }

    Set<String> ids() {
        return models.keySet();
    }

    private Set<String> ancestors(String id) {
        var all = new HashSet<>(Set.of(id));
        models.get(id).path("parents").forEach(parent -> all.addAll(ancestors(parent.asText())));
        return all;
    }
}
