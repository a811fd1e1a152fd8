package dev.forebear.cli.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads {@code lineage.json}. Only ids are needed; what else is missing is not known, what is wrong is refused. */
final class LineageReader {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String file;

    /** @param file name for messages */
    LineageReader(String file) {
        this.file = file;
    }

    Lineage read(byte[] json) throws IOException {
        JsonNode models = tree(json).path("models");
        if (!models.isArray()) {
            throw malformed("expected an object with an array \"models\", found none");
        }
        if (models.size() > Lineage.MOST_MODELS) {
            throw malformed("expected at most %,d models, found %,d".formatted(Lineage.MOST_MODELS, models.size()));
        }
        List<LineageEntry> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode model : models) {
            LineageEntry entry = entry(model, entries.size());
            if (!seen.add(entry.id())) {
                throw malformed("expected every id once, found " + entry.id() + " twice");
            }
            entries.add(entry);
        }
        return new Lineage(entries);
    }

    private JsonNode tree(byte[] json) throws IOException {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException broken) {
            throw malformed("expected JSON, found " + broken.getOriginalMessage());
        } catch (IOException unreadable) {
            throw malformed("expected JSON in UTF-8, found " + unreadable.getMessage());
        }
    }

    private LineageEntry entry(JsonNode model, int index) throws CheckpointException {
        String id = text(model, "id", "model " + index);
        if (id == null || id.isBlank()) {
            throw malformed("model " + index + ": expected an id, found none");
        }
        String folder = text(model, "dir", id);
        String relation = text(model, "relation", id);
        String kind = text(model, "kind", id);
        List<String> parents = names(model, "parents", id);
        return new LineageEntry(
                id,
                folder == null ? id : folder,
                relation == null ? "unknown" : relation,
                kind,
                parents,
                names(model, "soft_parents", id),
                weights(model, parents.size(), id));
    }

    private @Nullable String text(JsonNode model, String field, String id) throws CheckpointException {
        JsonNode value = model.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw malformed(id + ": expected " + field + " to be text, found " + kindOf(value));
        }
        return value.asText();
    }

    private List<String> names(JsonNode model, String field, String id) throws CheckpointException {
        return elements(model, field, id, "names", JsonNode::isTextual).stream()
                .map(JsonNode::asText)
                .toList();
    }

    private List<Double> weights(JsonNode model, int parents, String id) throws CheckpointException {
        List<JsonNode> weights = elements(model, "parent_weights", id, "numbers", LineageReader::isFinite);
        if (!weights.isEmpty() && weights.size() != parents) {
            throw malformed(
                    "%s: expected parent_weights for %d parents, found %d".formatted(id, parents, weights.size()));
        }
        return weights.stream().map(JsonNode::asDouble).toList();
    }

    private List<JsonNode> elements(JsonNode model, String field, String id, String what, Predicate<JsonNode> expected)
            throws CheckpointException {
        JsonNode value = model.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        List<JsonNode> elements = new ArrayList<>();
        value.forEach(elements::add);
        if (!value.isArray() || !elements.stream().allMatch(expected)) {
            throw malformed(
                    id + ": expected " + field + " to be an array of " + what + ", found another " + kindOf(value));
        }
        return elements;
    }

    private static boolean isFinite(JsonNode value) {
        return value.isNumber() && Double.isFinite(value.asDouble());
    }

    private static String kindOf(JsonNode value) {
        return value.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private CheckpointException malformed(String message) {
        return new CheckpointException(Reason.MALFORMED, file, message);
    }
}
