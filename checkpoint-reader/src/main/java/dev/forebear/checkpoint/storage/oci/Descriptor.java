package dev.forebear.checkpoint.storage.oci;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.Digest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a document says about a blob (OCI image specification, descriptors).
 *
 * @param size in bytes
 */
record Descriptor(String mediaType, Digest digest, long size, Map<String, String> annotations) {

    /** @throws CheckpointException MALFORMED when it is none */
    static Descriptor of(String document, JsonNode node) throws CheckpointException {
        JsonNode size = node.path("size");
        if (!size.canConvertToLong() || size.asLong() < 0) {
            throw new CheckpointException(Reason.MALFORMED, document, "size: expected bytes, found " + size);
        }
        try {
            return new Descriptor(
                    node.path("mediaType").asText(),
                    Digest.parse(node.path("digest").asText()),
                    size.asLong(),
                    annotations(node));
        } catch (IllegalArgumentException noDigest) {
            throw new CheckpointException(Reason.MALFORMED, document, "digest: " + noDigest.getMessage());
        }
    }

    static Map<String, String> annotations(JsonNode node) {
        Map<String, String> annotations = new LinkedHashMap<>();
        node.path("annotations")
                .properties()
                .forEach(entry ->
                        annotations.put(entry.getKey(), entry.getValue().asText()));
        return annotations;
    }
}
