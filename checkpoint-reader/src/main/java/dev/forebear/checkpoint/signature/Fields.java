package dev.forebear.checkpoint.signature;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.StoredJson;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The fields of a JSON object in a signature, each of the type that it has to have.
 *
 * @param path where the object is, for messages
 */
record Fields(String file, String path, JsonNode node) {

    /** @throws CheckpointException MALFORMED when it is no object, or a key occurs twice */
    static Fields parse(String file, byte[] json) throws CheckpointException {
        return new Fields(file, "", StoredJson.parseUniqueKeys(file, json));
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    Fields object(String name) throws CheckpointException {
        return object(name, node.path(name));
    }

    private Fields object(String name, JsonNode value) throws CheckpointException {
        if (!value.isObject()) {
            throw malformed(name, "an object", value);
        }
        return new Fields(file, path + name + ".", value);
    }

    /** The objects of a list. */
    List<Fields> objects(String name) throws CheckpointException {
        var objects = new ArrayList<Fields>();
        for (JsonNode item : list(name)) {
            objects.add(object(name, item));
        }
        return objects;
    }

    JsonNode list(String name) throws CheckpointException {
        JsonNode value = node.path(name);
        if (!value.isArray()) {
            throw malformed(name, "a list", value);
        }
        return value;
    }

    String text(String name) throws CheckpointException {
        JsonNode value = node.path(name);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw malformed(name, "a text", value);
        }
        return value.textValue();
    }

    long number(String name) throws CheckpointException {
        JsonNode value = node.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw malformed(name, "a whole number", value);
        }
        return value.longValue();
    }

    /** Of either alphabet, as envelopes may have both. */
    byte[] base64(String name) throws CheckpointException {
        try {
            return Base64.getDecoder().decode(text(name).replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException noBase64) {
            throw malformed(name, "expected Base64: " + noBase64.getMessage());
        }
    }

    CheckpointException malformed(String name, String problem) {
        return new CheckpointException(Reason.MALFORMED, file, path + name + ": " + problem);
    }

    private CheckpointException malformed(String name, String expected, JsonNode found) {
        return malformed(name, "expected " + expected + ", found " + found.getNodeType());
    }

    CheckpointException unsupported(String name, String expected, String found) {
        return new CheckpointException(
                Reason.UNSUPPORTED, file, path + name + ": expected " + expected + ", found " + found);
    }
}
