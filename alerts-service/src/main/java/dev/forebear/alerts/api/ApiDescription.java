package dev.forebear.alerts.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The description of the API, {@code openapi.yaml}: what is served as such, and by which requests are measured that
 * name a parameter there is none of.
 */
final class ApiDescription {

    private static final String FILE = "openapi.yaml";

    private final String yaml;
    private final String json;
    private final Map<String, Set<String>> queries = new HashMap<>();

    private ApiDescription(String yaml) throws JsonProcessingException {
        this.yaml = yaml;
        JsonNode root = new YAMLMapper().readTree(yaml);
        this.json = new ObjectMapper().writeValueAsString(root);
        root.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    String key = key(operation.getKey(), path.getKey());
                    queries.put(key, new TreeSet<>());
                    operation.getValue().path("parameters").forEach(parameter -> note(key, resolved(root, parameter)));
                }));
    }

    static ApiDescription load() {
        try (InputStream in = ApiDescription.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing from the jar");
            }
            return new ApiDescription(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String yaml() {
        return yaml;
    }

    String json() {
        return json;
    }

    /**
     * Names that the query of a request may use.
     *
     * @param path as a route names it, without {@link ApiRoutes#ROOT}
     */
    Set<String> query(String method, String path) {
        return queries.getOrDefault(key(method, path), Set.of());
    }

    private void note(String key, JsonNode parameter) {
        if (parameter.path("in").asText().equals("query")) {
            queries.getOrDefault(key, Set.of()).add(parameter.path("name").asText());
        }
    }

    private static JsonNode resolved(JsonNode root, JsonNode parameter) {
        String reference = parameter.path("$ref").asText();
        return reference.isEmpty() ? parameter : root.at(reference.substring(1));
    }

    private static String key(String method, String path) {
        return method.toUpperCase(Locale.ROOT) + " " + path;
    }
}
