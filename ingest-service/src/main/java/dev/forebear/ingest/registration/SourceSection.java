package dev.forebear.ingest.registration;

import dev.forebear.runtime.Secret;
import dev.forebear.runtime.yaml.SecretReference;
import dev.forebear.runtime.yaml.Section;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Reads where the events of a registry are fetched; problems are left in the section. */
record SourceSection(SecretReference secrets) {

    private static final int MAX_PROPERTIES_BYTES = 64 << 10;

    /** @param alone whether nobody may post in the name of the registry if its events are fetched anywhere */
    Sources read(Section entry, boolean alone) {
        KafkaSource kafka = entry.has("kafka") ? kafka(entry.section("kafka")) : null;
        SqsSource sqs = entry.has("sqs") ? sqs(entry.section("sqs")) : null;
        return new Sources(kafka, sqs, alone && (kafka != null || sqs != null));
    }

    private @Nullable SqsSource sqs(Section section) {
        URI url = address(section, "url");
        URI endpoint = address(section, "endpoint");
        Secret accessKey = secrets.follow(section, "access-key").orElse(null);
        Secret secretKey = secrets.follow(section, "secret-key").orElse(null);
        String region = section.optionalText("region");
        if (url == null) {
            section.text("url");
            return null;
        }
        if (accessKey == null || secretKey == null) {
            return null;
        }
        try {
            String signedFor = region == null ? SqsSource.region(url) : region;
            URI asked = endpoint == null ? url.resolve("/") : endpoint;
            return new SqsSource(url, signedFor, accessKey, secretKey, asked);
        } catch (IllegalArgumentException e) {
            section.problem(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static @Nullable URI address(Section section, String key) {
        return section.parsed(key, "an address such as https://host/", URI::create)
                .orElse(null);
    }

    private @Nullable KafkaSource kafka(Section section) {
        String bootstrap = section.text("bootstrap");
        String topic = section.text("topic");
        Map<String, String> properties = section.has("properties") ? properties(section) : Map.of();
        if (bootstrap.isEmpty() || topic.isEmpty()) {
            return null;
        }
        try {
            return new KafkaSource(bootstrap, topic, properties);
        } catch (IllegalArgumentException e) {
            section.problem(String.valueOf(e.getMessage()));
            return null;
        }
    }

    // Passwords stand among them: they are in a file of their own, and what is in it is never repeated.
    private Map<String, String> properties(Section section) {
        if (!section.isMapping("properties")) {
            section.problemAt("properties", "expected {file: path}");
            return Map.of();
        }
        Section reference = section.section("properties");
        String file = reference.text("file");
        Map<String, String> found = new HashMap<>();
        try (var in = Files.newInputStream(secrets.folder().resolve(file))) {
            byte[] bytes = in.readNBytes(MAX_PROPERTIES_BYTES);
            var properties = new Properties();
            properties.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
            properties.stringPropertyNames().forEach(name -> found.put(name, properties.getProperty(name)));
        } catch (IOException | IllegalArgumentException e) {
            reference.problem("expected a readable file with properties of a Kafka client, found " + file);
        }
        return found;
    }
}
