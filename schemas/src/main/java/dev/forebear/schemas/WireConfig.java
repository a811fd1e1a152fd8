package dev.forebear.schemas;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What every service needs to speak to the others, as the variables of its process say it.
 *
 * @param kafka {@code FOREBEAR_KAFKA}, {@code FOREBEAR_KAFKA_PROPERTIES} (a file of client properties) and
 *     {@code FOREBEAR_TOPIC_PREFIX}
 * @param schemaRegistry {@code FOREBEAR_SCHEMA_REGISTRY} (comma-separated addresses) and
 *     {@code FOREBEAR_SCHEMA_REGISTRY_USER}, {@code _PASSWORD} or {@code _TOKEN}
 */
public record WireConfig(KafkaConfig kafka, SchemaRegistryConfig schemaRegistry) {

    private static final String DEFAULT_KAFKA = "localhost:9092";
    private static final String DEFAULT_REGISTRY = "http://localhost:8081";

    /**
     * @param variables value of a variable that is not secret, or null
     * @param secrets value of a secret variable, or null
     * @param problems told of everything that is wrong; the result is then made of stand-ins
     */
    public static WireConfig read(
            UnaryOperator<@Nullable String> variables,
            UnaryOperator<@Nullable String> secrets,
            Consumer<String> problems) {
        return new WireConfig(kafka(variables, problems), registry(variables, secrets, problems));
    }

    private static KafkaConfig kafka(UnaryOperator<@Nullable String> variables, Consumer<String> problems) {
        try {
            return new KafkaConfig(
                    orElse(variables.apply("FOREBEAR_KAFKA"), DEFAULT_KAFKA),
                    orElse(variables.apply("FOREBEAR_TOPIC_PREFIX"), ""),
                    properties(variables.apply("FOREBEAR_KAFKA_PROPERTIES"), problems));
        } catch (IllegalArgumentException e) {
            problems.accept("FOREBEAR_KAFKA, FOREBEAR_TOPIC_PREFIX: " + e.getMessage());
            return KafkaConfig.of(DEFAULT_KAFKA);
        }
    }

    private static Map<String, String> properties(@Nullable String file, Consumer<String> problems) {
        var properties = new Properties();
        if (file != null) {
            try (Reader reader = Files.newBufferedReader(Path.of(file))) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                problems.accept(
                        "FOREBEAR_KAFKA_PROPERTIES: expected a file of client properties, could not read " + file);
            }
        }
        var map = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }

    private static SchemaRegistryConfig registry(
            UnaryOperator<@Nullable String> variables,
            UnaryOperator<@Nullable String> secrets,
            Consumer<String> problems) {
        try {
            List<URI> urls = new ArrayList<>();
            for (var url : orElse(variables.apply("FOREBEAR_SCHEMA_REGISTRY"), DEFAULT_REGISTRY)
                    .split(",")) {
                urls.add(URI.create(url.strip()));
            }
            return SchemaRegistryConfig.of(urls, credentials(variables, secrets, problems));
        } catch (IllegalArgumentException e) {
            // The value is left out: somebody may have put credentials into the address.
            problems.accept(
                    "FOREBEAR_SCHEMA_REGISTRY: expected addresses such as http://host:8081, with commas between");
            return SchemaRegistryConfig.of(URI.create(DEFAULT_REGISTRY));
        }
    }

    private static Credentials credentials(
            UnaryOperator<@Nullable String> variables,
            UnaryOperator<@Nullable String> secrets,
            Consumer<String> problems) {
        var token = secrets.apply("FOREBEAR_SCHEMA_REGISTRY_TOKEN");
        var user = variables.apply("FOREBEAR_SCHEMA_REGISTRY_USER");
        var password = secrets.apply("FOREBEAR_SCHEMA_REGISTRY_PASSWORD");
        if ((user == null) != (password == null)) {
            problems.accept("FOREBEAR_SCHEMA_REGISTRY_USER, _PASSWORD: expected both or none, found one");
        }
        if (token != null && user != null) {
            problems.accept("FOREBEAR_SCHEMA_REGISTRY_TOKEN, _USER: expected one of them, found both");
        }
        if (token != null) {
            return new Credentials.Bearer(token);
        }
        return user == null || password == null ? new Credentials.None() : new Credentials.Basic(user, password);
    }

    private static String orElse(@Nullable String value, String fallback) {
        return value == null ? fallback : value;
    }
}
