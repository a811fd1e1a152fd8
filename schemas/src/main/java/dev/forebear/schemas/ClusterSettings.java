package dev.forebear.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a service reaches Kafka and the schema registry: the variables that all services share.
 *
 * @param kafka from {@code FOREBEAR_KAFKA}, {@code FOREBEAR_KAFKA_PROPERTIES} and {@code FOREBEAR_TOPIC_PREFIX}
 * @param schemaRegistry from {@code FOREBEAR_SCHEMA_REGISTRY} and its {@code _USER}, {@code _PASSWORD}, {@code _TOKEN}
 */
public record ClusterSettings(KafkaConfig kafka, SchemaRegistryConfig schemaRegistry) {

    private static final String KAFKA = "FOREBEAR_KAFKA";
    private static final String KAFKA_PROPERTIES = "FOREBEAR_KAFKA_PROPERTIES";
    private static final String TOPIC_PREFIX = "FOREBEAR_TOPIC_PREFIX";
    private static final String REGISTRY = "FOREBEAR_SCHEMA_REGISTRY";
    private static final String REGISTRY_USER = "FOREBEAR_SCHEMA_REGISTRY_USER";
    private static final String REGISTRY_PASSWORD = "FOREBEAR_SCHEMA_REGISTRY_PASSWORD";
    private static final String REGISTRY_TOKEN = "FOREBEAR_SCHEMA_REGISTRY_TOKEN";

    private static final String DEFAULT_KAFKA = "localhost:9092";
    private static final String DEFAULT_REGISTRY = "http://localhost:8081";

    /**
     * Reads the variables; whatever is wrong with one goes to {@code problem}, and its default stands in.
     *
     * @param variable value of a variable, null when it is not set
     * @param secret value of a variable that holds a secret, null when it is not set
     * @param problem takes one line: which variable, expected, found
     */
    public static ClusterSettings read(
            Function<String, @Nullable String> variable,
            Function<String, @Nullable String> secret,
            Consumer<String> problem) {
        return new ClusterSettings(kafka(variable, problem), schemaRegistry(variable, secret, problem));
    }

    private static KafkaConfig kafka(Function<String, @Nullable String> variable, Consumer<String> problem) {
        Map<String, String> properties = properties(variable.apply(KAFKA_PROPERTIES), problem);
        String prefix = variable.apply(TOPIC_PREFIX);
        try {
            return new KafkaConfig(orElse(variable.apply(KAFKA), DEFAULT_KAFKA), orElse(prefix, ""), properties);
        } catch (IllegalArgumentException e) {
            problem.accept(TOPIC_PREFIX + ": " + e.getMessage());
            return KafkaConfig.of(DEFAULT_KAFKA);
        }
    }

    private static Map<String, String> properties(@Nullable String file, Consumer<String> problem) {
        if (file == null) {
            return Map.of();
        }
        var properties = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            problem.accept(KAFKA_PROPERTIES + ": expected a readable properties file, found '" + file + "'");
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(Function.identity(), properties::getProperty));
    }

    private static SchemaRegistryConfig schemaRegistry(
            Function<String, @Nullable String> variable,
            Function<String, @Nullable String> secret,
            Consumer<String> problem) {
        Credentials credentials =
                credentials(variable.apply(REGISTRY_USER), secret.apply(REGISTRY_PASSWORD), secret.apply(REGISTRY_TOKEN), problem);
        String urls = orElse(variable.apply(REGISTRY), DEFAULT_REGISTRY);
        try {
            List<URI> addresses =
                    Arrays.stream(urls.split(",", -1)).map(String::strip).map(URI::create).toList();
            return SchemaRegistryConfig.of(addresses, credentials);
        } catch (IllegalArgumentException e) {
            // The value is left out: somebody may have put credentials into the address.
            problem.accept(REGISTRY + ": expected addresses such as http://host:8081, separated by commas");
            return SchemaRegistryConfig.of(URI.create(DEFAULT_REGISTRY));
        }
    }

    private static Credentials credentials(
            @Nullable String user, @Nullable String password, @Nullable String token, Consumer<String> problem) {
        if ((user == null) != (password == null)) {
            problem.accept(REGISTRY_USER + ": expected both it and " + REGISTRY_PASSWORD + ", found one of them");
        }
        if (user != null && token != null) {
            problem.accept(REGISTRY_TOKEN + ": expected either it or " + REGISTRY_USER + ", found both");
        }
        if (user != null && password != null) {
            return new Credentials.Basic(user, password);
        }
        return token == null ? new Credentials.None() : new Credentials.Bearer(token);
    }

    private static String orElse(@Nullable String value, String fallback) {
        return value == null ? fallback : value;
    }
}
