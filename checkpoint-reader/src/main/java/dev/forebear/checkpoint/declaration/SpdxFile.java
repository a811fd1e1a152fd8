package dev.forebear.checkpoint.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.StoredJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * SPDX 3 document: relationships {@code ancestorOf} and {@code descendantOf} between its elements. Of the element that
 * the document is about where it says so and that has ancestors, else of all.
 */
final class SpdxFile implements DeclarationFile {

    private static final int SIZE_LIMIT = 4 << 20;

    /** One element was made from another; both by their identifiers. */
    private record Descent(String descendant, String ancestor) {}

    @Override
    public boolean isNamed(String name) {
        return name.endsWith(".spdx.json") || name.endsWith(".spdx3.json");
    }

    @Override
    public void read(ByteSource file, Declared declared) throws IOException {
        read(file.name(), StoredJson.parse(file.name(), file.readAll(SIZE_LIMIT)), declared);
    }

    static void read(String file, JsonNode document, Declared declared) {
        Map<String, JsonNode> elements = new HashMap<>();
        List<Descent> descents = new ArrayList<>();
        Set<String> roots = new HashSet<>();
        for (JsonNode element : document.path("@graph")) {
            elements.put(element.path("spdxId").asText(), element);
            element.path("rootElement").forEach(root -> roots.add(root.asText()));
            descents(element, descents);
        }
        boolean aboutOne = descents.stream().anyMatch(descent -> roots.contains(descent.descendant()));
        for (Descent descent : descents) {
            JsonNode ancestor = elements.get(descent.ancestor());
            if (ancestor != null && (!aboutOne || roots.contains(descent.descendant()))) {
                declared.pinned(file, "relationship", Source.SPDX, name(ancestor), digest(ancestor));
            }
        }
    }

    private static void descents(JsonNode element, List<Descent> descents) {
        String from = element.path("from").asText();
        for (JsonNode to : element.path("to")) {
            switch (element.path("relationshipType").asText()) {
                case "ancestorOf" -> descents.add(new Descent(to.asText(), from));
                case "descendantOf" -> descents.add(new Descent(from, to.asText()));
                default -> {
                    // Relations other than descent.
                }
            }
        }
    }

    private static @Nullable String name(JsonNode element) {
        if (element.path("software_packageUrl").isTextual()) {
            return element.path("software_packageUrl").textValue();
        }
        for (JsonNode identifier : element.path("externalIdentifier")) {
            if (identifier.path("externalIdentifierType").asText().equals("packageUrl")) {
                return identifier.path("identifier").textValue();
            }
        }
        return element.path("name").textValue();
    }

    private static @Nullable String digest(JsonNode element) {
        for (JsonNode method : element.path("verifiedUsing")) {
            if (method.path("algorithm").asText().equals("sha256")) {
                return Digests.sha256(method.path("hashValue").textValue());
            }
        }
        return null;
    }
}
