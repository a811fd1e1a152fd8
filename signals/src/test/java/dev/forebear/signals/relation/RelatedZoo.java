package dev.forebear.signals.relation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The models of the zoo whose weights can be read, what each was made from, and how. */
final class RelatedZoo {

    private static final Path ROOT = Path.of("../zoo");

    /** A child and one of its parents. */
    record Child(String base, String derived, String kind, boolean byWeights) {}

    private final Map<String, ModelWeights> models = new HashMap<>();
    private final List<Child> children = new ArrayList<>();
    private final Map<Child, CheckpointComparison> comparisons = new HashMap<>();

    RelatedZoo() throws IOException {
        List<JsonNode> listed = new ArrayList<>();
        new ObjectMapper()
                .readTree(ROOT.resolve("lineage.json").toFile())
                .get("models")
                .forEach(listed::add);
        for (JsonNode model : listed) {
            String id = model.get("id").asText();
            readable(ROOT.resolve(model.get("dir").asText())).ifPresent(weights -> models.put(id, weights));
        }
        for (JsonNode model : listed) {
            model.get("parents").forEach(parent -> add(model, parent, true));
            model.get("soft_parents").forEach(parent -> add(model, parent, false));
        }
    }

    private void add(JsonNode model, JsonNode parent, boolean byWeights) {
        String derived = model.get("id").asText();
        String base = parent.asText();
        if (!model.get("kind").isNull() && models.containsKey(derived) && models.containsKey(base)) {
            children.add(new Child(base, derived, model.get("kind").asText(), byWeights));
        }
    }

    private static Optional<ModelWeights> readable(Path folder) throws IOException {
        try {
            return Optional.of(ModelWeights.of(Checkpoint.open(new FolderStorage(folder))));
        } catch (CheckpointException unsupported) {
            return Optional.empty();
        }
    }

    /** Every child whose kind is known with each of its parents, both readable. */
    List<Child> children() {
        return children;
    }

    ModelWeights model(String id) {
        return Objects.requireNonNull(models.get(id), id);
    }

    CheckpointComparison compared(Child child) throws IOException {
        CheckpointComparison found = comparisons.get(child);
        if (found == null) {
            found = CheckpointComparison.between(model(child.base()), model(child.derived()));
            comparisons.put(child, found);
        }
        return found;
    }

    Relation relation(Child child) throws IOException {
        return Relation.of(
                model(child.base()),
                model(child.derived()),
                compared(child),
                child.kind().equals("merged"));
    }

    RelatedPair pair(Child child) throws IOException {
        return RelatedPair.of(model(child.base()), model(child.derived()), compared(child));
    }
}
