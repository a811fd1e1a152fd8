package dev.forebear.ingest.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The YAML file that connects registries. Reading it reports every problem at once, each with the entry and the key.
 *
 * <pre>
 * registries:
 *   - alias: internal
 *     kind: mlflow
 *     secrets: [{env: MLFLOW_SECRET}, {file: /run/secrets/mlflow-old}]
 *     location: s3://models/{name}/{version}/
 *     stores: [s3://models/]
 * </pre>
 */
public final class RegistrationsFile {

    private static final long MAX_BYTES = 1 << 20;
    private static final Set<String> KEYS =
            Set.of("alias", "kind", "secrets", "unauthenticated", "location", "layout", "stores", "type");
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;
    private final Function<String, @Nullable String> variables;
    private final List<String> problems = new ArrayList<>();

    private RegistrationsFile(Path file, Function<String, @Nullable String> variables) {
        this.file = file;
        this.variables = variables;
    }

    /**
     * @param variables value of a variable that a secret refers to, or null when it is not set
     * @throws ConfigurationException with every problem
     */
    public static List<Registration> read(Path file, Function<String, @Nullable String> variables) {
        var reading = new RegistrationsFile(file, variables);
        List<Registration> registrations = reading.registrations(reading.parse());
        if (!reading.problems.isEmpty()) {
            throw new ConfigurationException(reading.problems);
        }
        return registrations;
    }

    private JsonNode parse() {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ConfigurationException(file + ": expected at most " + MAX_BYTES + " bytes, found more");
            }
            return YAML.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String where = at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
            String what =
                    String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("no YAML");
            throw new ConfigurationException(file + where + ": " + what);
        } catch (IOException e) {
            throw new ConfigurationException(file + ": expected a readable file of registries, found none");
        }
    }

    private List<Registration> registrations(JsonNode root) {
        JsonNode entries = root.path("registries");
        if (!entries.isArray()) {
            problems.add(file + ": expected a list 'registries'");
            return List.of();
        }
        unknownKeys(root, Set.of("registries"), file.toString());
        List<Registration> registrations = new ArrayList<>();
        Set<String> aliases = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            JsonNode entry = entries.get(i);
            String alias = entry.path("alias").asText("");
            String where = file + ": registries[" + i + "]" + (alias.isEmpty() ? "" : " (" + alias + ")");
            if (!alias.isEmpty() && !aliases.add(alias)) {
                problems.add(where + ": the alias is used twice");
            }
            registration(entry, alias, where, registrations);
        }
        return registrations;
    }

    private void registration(JsonNode entry, String alias, String where, List<Registration> registrations) {
        unknownKeys(entry, KEYS, where);
        RegistryKind kind = RegistryKind.of(entry.path("kind").asText("")).orElse(null);
        if (kind == null) {
            problems.add(where + ": kind: expected one of " + RegistryKind.words() + ", found '"
                    + entry.path("kind").asText("") + "'");
            return;
        }
        List<Secret> secrets = secrets(entry, where);
        try {
            String location = text(entry, "location", where);
            String layout = text(entry, "layout", where);
            registrations.add(new Registration(
                    alias,
                    kind,
                    secrets,
                    location == null ? null : new LocationTemplate(location),
                    layout == null ? BucketLayout.NAME_AND_VERSION : new BucketLayout(layout),
                    new Stores(texts(entry, "stores", where)),
                    null,
                    text(entry, "type", where)));
        } catch (IllegalArgumentException e) {
            problems.add(where + ": " + e.getMessage());
        }
    }

    private List<Secret> secrets(JsonNode entry, String where) {
        JsonNode references = entry.path("secrets");
        boolean open = entry.path("unauthenticated").asBoolean(false);
        if (open == (references.isArray() && !references.isEmpty())) {
            problems.add(where + ": expected either a list 'secrets' or 'unauthenticated: true'");
        }
        List<Secret> secrets = new ArrayList<>();
        for (JsonNode reference : references) {
            try {
                secrets.add(secret(reference));
            } catch (IOException | IllegalArgumentException e) {
                problems.add(where + ": secrets: " + e.getMessage());
            }
        }
        return secrets;
    }

    private Secret secret(JsonNode reference) throws IOException {
        if (reference.size() == 1 && reference.path("env").isTextual()) {
            String name = reference.path("env").asText();
            String value = variables.apply(name);
            if (value == null) {
                throw new IllegalArgumentException("expected a secret in the variable " + name + ", found none");
            }
            return Secret.of(value);
        }
        if (reference.size() == 1 && reference.path("file").isTextual()) {
            Path path =
                    file.toAbsolutePath().resolveSibling(reference.path("file").asText());
            if (!Files.isReadable(path)) {
                throw new IOException("expected a secret in the file " + path + ", which cannot be read");
            }
            return Secret.fromFile(path);
        }
        // What was found is left out: somebody may have written the secret itself.
        throw new IllegalArgumentException("expected {env: NAME} or {file: path}");
    }

    private @Nullable String text(JsonNode entry, String key, String where) {
        JsonNode value = entry.path(key);
        if (value.isMissingNode() || value.isTextual()) {
            return value.textValue();
        }
        problems.add(where + ": " + key + ": expected a text");
        return null;
    }

    private List<String> texts(JsonNode entry, String key, String where) {
        List<String> texts = new ArrayList<>();
        JsonNode values = entry.path(key);
        if (!values.isMissingNode() && !values.isArray()) {
            problems.add(where + ": " + key + ": expected a list");
        }
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }

    private void unknownKeys(JsonNode entry, Set<String> known, String where) {
        entry.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                problems.add(where + ": unknown key '" + key + "'");
            }
        });
    }
}
