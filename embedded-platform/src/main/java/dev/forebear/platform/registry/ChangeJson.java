package dev.forebear.platform.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.platform.registry.SchemaLog.Change;
import dev.forebear.platform.registry.SchemaLog.LevelChanged;
import dev.forebear.platform.registry.SchemaLog.VersionChanged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Changes as keys and values of the topic, in the manner of Confluent's own {@code _schemas}. */
final class ChangeJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ChangeJson() {}

    static byte[] key(Change change) {
        ObjectNode key = JSON.createObjectNode();
        switch (change) {
            case VersionChanged(SchemaVersion version) ->
                key.put("keytype", "SCHEMA")
                        .put("subject", version.subject())
                        .put("version", version.version())
                        .put("magic", 1);
            case LevelChanged level ->
                key.put("keytype", "CONFIG").put("subject", level.subject()).put("magic", 0);
        }
        return key.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Null, which the cleaner removes, where nothing is left to say. */
    static byte @Nullable [] value(Change change) {
        ObjectNode value = JSON.createObjectNode();
        switch (change) {
            case VersionChanged(SchemaVersion version) ->
                value.put("subject", version.subject())
                        .put("version", version.version())
                        .put("id", version.id())
                        .put("schema", version.schema())
                        .put("deleted", !version.live())
                        .put("purged", version.purged());
            case LevelChanged(String subject, CompatibilityLevel level) -> {
                if (level == null) {
                    return null;
                }
                value.put("compatibilityLevel", level.name());
            }
        }
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    static Change change(byte[] keyBytes, byte @Nullable [] valueBytes) throws IOException {
        JsonNode key = JSON.readTree(keyBytes);
        JsonNode value = valueBytes == null ? JSON.nullNode() : JSON.readTree(valueBytes);
        return switch (key.path("keytype").asText()) {
            case "SCHEMA" -> new VersionChanged(version(value));
            case "CONFIG" ->
                new LevelChanged(
                        key.hasNonNull("subject") ? key.get("subject").asText() : null,
                        value.isNull()
                                ? null
                                : CompatibilityLevel.named(
                                        value.path("compatibilityLevel").asText()));
            default -> throw new IOException("expected a key of type SCHEMA or CONFIG, found " + key);
        };
    }

    private static SchemaVersion version(JsonNode value) throws IOException {
        if (!value.path("id").isInt()
                || !value.path("version").isInt()
                || !value.path("subject").isTextual()) {
            throw new IOException("expected a schema with subject, version and id, found " + value);
        }
        return new SchemaVersion(
                value.path("subject").asText(),
                value.path("version").asInt(),
                value.path("id").asInt(),
                value.path("schema").asText(),
                state(value));
    }

    private static SchemaVersion.State state(JsonNode value) {
        if (value.path("purged").asBoolean()) {
            return SchemaVersion.State.PURGED;
        }
        return value.path("deleted").asBoolean() ? SchemaVersion.State.DELETED : SchemaVersion.State.LIVE;
    }
}
