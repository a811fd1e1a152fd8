package dev.forebear.checkpoint.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.StoredJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** CycloneDX bill of materials, 1.5 to 1.7: ancestors in the pedigree of the model that it describes. */
final class CycloneDxFile implements DeclarationFile {

    private static final int SIZE_LIMIT = 4 << 20;

    @Override
    public boolean isNamed(String name) {
        return name.equals("bom.json") || name.endsWith(".cdx.json");
    }

    @Override
    public void read(ByteSource file, Declared declared) throws IOException {
        JsonNode document = StoredJson.parse(file.name(), file.readAll(SIZE_LIMIT));
        if (!document.path("bomFormat").asText().equals("CycloneDX")) {
            throw new CheckpointException(
                    Reason.MALFORMED,
                    file.name(),
                    "bomFormat: expected CycloneDX, found " + document.path("bomFormat"));
        }
        read(file.name(), document, declared);
    }

    /** The model that the document is about, or else every model in it. */
    static void read(String file, JsonNode document, Declared declared) {
        JsonNode subject = document.path("metadata").path("component");
        if (isModel(subject) && subject.has("pedigree")) {
            ancestors(file, subject, declared);
            return;
        }
        for (JsonNode component : document.path("components")) {
            if (isModel(component)) {
                ancestors(file, component, declared);
            }
        }
    }

    private static boolean isModel(JsonNode component) {
        return component.path("type").asText().equals("machine-learning-model");
    }

    private static void ancestors(String file, JsonNode component, Declared declared) {
        for (JsonNode ancestor : component.path("pedigree").path("ancestors")) {
            declared.pinned(file, "pedigree.ancestors", Source.CYCLONEDX, name(ancestor), digest(ancestor));
        }
    }

    private static @Nullable String name(JsonNode component) {
        if (component.path("purl").isTextual()) {
            return component.path("purl").textValue();
        }
        String group = component.path("group").asText("");
        String version = component.path("version").asText("");
        String name = component.path("name").asText("");
        return name.isEmpty()
                ? null
                : (group.isEmpty() ? "" : group + "/") + name + (version.isEmpty() ? "" : "@" + version);
    }

    private static @Nullable String digest(JsonNode component) {
        for (JsonNode hash : component.path("hashes")) {
            if (hash.path("alg").asText().equals("SHA-256")) {
                return Digests.sha256(hash.path("content").textValue());
            }
        }
        return null;
    }
}
