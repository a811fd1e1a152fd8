package dev.forebear.cli.reference.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a JSON file, which knows its file and its place in it, so that whatever is wrong with it has a name.
 *
 * @param file as its database calls it
 * @param place where it is in the file; empty for the whole
 */
record JsonPart(String file, String place, JsonNode node) {

    private static final long MAX_BYTES = 16 << 20;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(32).build())
                    .build())
            .build();

    /** @throws IOException when there is no such file, or it is too large or no JSON object */
    static JsonPart read(String name, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(name + ": expected a JSON file, found none");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(name + ": expected at most " + MAX_BYTES + " bytes, found " + Files.size(file));
        }
        try {
            JsonNode node = JSON.readTree(Files.readAllBytes(file));
            if (!node.isObject()) {
                throw new IOException(name + ": expected a JSON object, found " + kind(node));
            }
            return new JsonPart(name, "", node);
        } catch (JsonProcessingException broken) {
            throw new IOException(
                    name + ": expected JSON, found " + broken.getOriginalMessage() + " in line "
                            + (broken.getLocation() == null
                                    ? 1
                                    : broken.getLocation().getLineNr()),
                    broken);
        }
    }

    /** An object that must be there. */
    JsonPart part(String field) throws IOException {
        JsonNode found = node.path(field);
        if (!found.isObject()) {
            throw wrong(field, "an object", found);
        }
        return new JsonPart(file, path(field), found);
    }

    /** The objects of an array that must be there. */
    List<JsonPart> parts(String field) throws IOException {
        JsonNode found = node.path(field);
        if (!found.isArray()) {
            throw wrong(field, "an array", found);
        }
        List<JsonPart> parts = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            if (!found.get(i).isObject()) {
                throw wrong(field + "[" + i + "]", "an object", found.get(i));
            }
            parts.add(new JsonPart(file, path(field) + "[" + i + "]", found.get(i)));
        }
        return parts;
    }

    String text(String field) throws IOException {
        String found = optionalText(field);
        if (found == null || found.isBlank()) {
            throw wrong(field, "text", node.path(field));
        }
        return found;
    }

    /** Null where it is not said. */
    @Nullable
    String optionalText(String field) throws IOException {
        JsonNode found = node.path(field);
        if (isAbsent(found)) {
            return null;
        }
        if (!found.isTextual()) {
            throw wrong(field, "text", found);
        }
        return found.asText();
    }

    int count(String field) throws IOException {
        Integer found = optionalCount(field);
        if (found == null) {
            throw wrong(field, "a number from 0 on", node.path(field));
        }
        return found;
    }

    /** Null where it is not said. */
    @Nullable
    Integer optionalCount(String field) throws IOException {
        JsonNode found = node.path(field);
        if (isAbsent(found)) {
            return null;
        }
        if (!found.canConvertToInt() || !found.isIntegralNumber() || found.asInt() < 0) {
            throw wrong(field, "a number from 0 on", found);
        }
        return found.asInt();
    }

    /** Null where it is not said. */
    @Nullable
    Double optionalNumber(String field) throws IOException {
        JsonNode found = node.path(field);
        if (isAbsent(found)) {
            return null;
        }
        if (!found.isNumber() || !Double.isFinite(found.asDouble())) {
            throw wrong(field, "a number", found);
        }
        return found.asDouble();
    }

    /** Null where it is not said. */
    @Nullable
    Boolean optionalFlag(String field) throws IOException {
        JsonNode found = node.path(field);
        if (isAbsent(found)) {
            return null;
        }
        if (!found.isBoolean()) {
            throw wrong(field, "true or false", found);
        }
        return found.asBoolean();
    }

    IOException wrong(String field, String expected) {
        return wrong(field, expected, node.path(field));
    }

    /** @param why what was expected and found of all of this part */
    IOException wrong(IllegalArgumentException why) {
        return new IOException(file + ": " + place + ": " + why.getMessage(), why);
    }

    private IOException wrong(String field, String expected, JsonNode found) {
        return new IOException(file + ": " + path(field) + ": expected " + expected + ", found " + kind(found));
    }

    private String path(String field) {
        return place.isEmpty() ? field : place + "." + field;
    }

    private static boolean isAbsent(JsonNode found) {
        return found.isMissingNode() || found.isNull();
    }

    private static String kind(JsonNode found) {
        if (isAbsent(found)) {
            return "none";
        }
        String text = found.toString();
        return found.isContainerNode()
                ? found.isArray() ? "an array of " + found.size() : "an object"
                : text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
