package dev.forebear.checkpoint.storage.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.StoredJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The layers of one model (OCI image specification, manifests).
 *
 * @param config what the tool that published it says about it; null where there is none
 */
record Manifest(List<Descriptor> layers, @Nullable Descriptor config, Map<String, String> annotations) {

    private static final int LAYERS_LIMIT = 10_000;
    private static final int NESTING_LIMIT = 3;

    Manifest {
        layers = List.copyOf(layers);
        annotations = Map.copyOf(annotations);
    }

    /**
     * Reads the manifest that a store names, through indexes of one model each.
     *
     * @throws CheckpointException MALFORMED when a document is none, UNSUPPORTED when an index names several models
     */
    static Manifest of(Blobs blobs) throws IOException {
        byte[] document = blobs.root();
        for (int depth = 0; depth <= NESTING_LIMIT; depth++) {
            ObjectNode fields = StoredJson.parse(blobs.location(), document);
            if (!fields.path("manifests").isArray()) {
                return new Manifest(
                        descriptors(blobs, fields, "layers"), config(blobs, fields), Descriptor.annotations(fields));
            }
            document = blobs.manifest(only(blobs, descriptors(blobs, fields, "manifests")));
        }
        throw new CheckpointException(
                Reason.MALFORMED,
                blobs.location(),
                "expected at most " + NESTING_LIMIT + " indexes in each other, found more");
    }

    private static @Nullable Descriptor config(Blobs blobs, ObjectNode fields) throws IOException {
        return fields.path("config").isObject() ? Descriptor.of(blobs.location(), fields.path("config")) : null;
    }

    private static List<Descriptor> descriptors(Blobs blobs, ObjectNode fields, String list) throws IOException {
        JsonNode entries = fields.path(list);
        if (!entries.isArray() || entries.isEmpty() || entries.size() > LAYERS_LIMIT) {
            throw new CheckpointException(
                    Reason.MALFORMED,
                    blobs.location(),
                    list + ": expected 1 to " + LAYERS_LIMIT + " descriptors, found "
                            + (entries.isArray() ? entries.size() : "none"));
        }
        List<Descriptor> descriptors = new ArrayList<>();
        for (JsonNode entry : entries) {
            descriptors.add(Descriptor.of(blobs.location(), entry));
        }
        return descriptors;
    }

    private static Descriptor only(Blobs blobs, List<Descriptor> manifests) throws CheckpointException {
        // Builders put statements about a manifest beside it.
        List<Descriptor> models = manifests.stream()
                .filter(manifest -> !manifest.annotations().containsKey("vnd.docker.reference.type"))
                .toList();
        if (models.stream().map(Descriptor::digest).distinct().count() != 1) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED,
                    blobs.location(),
                    "index: expected one model, found " + models.size() + "; name one by its digest");
        }
        return models.getFirst();
    }
}
