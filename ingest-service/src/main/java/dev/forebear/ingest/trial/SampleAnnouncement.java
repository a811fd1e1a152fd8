package dev.forebear.ingest.trial;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.forebear.ingest.registration.BucketLayout;
import dev.forebear.ingest.registration.LocationTemplate;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.schemas.ModelVersionId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The announcement of one version of a model as its registry writes it.
 *
 * @param id by which the version is known here afterwards
 */
record SampleAnnouncement(ModelVersionId id, byte[] body) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z]+)}}");
    private static final String WEIGHTS = "model.safetensors";

    /**
     * Writes one.
     *
     * @param id as the operator names it; for a hub, whose versions are revisions, a revision takes the version's place
     * @throws IllegalArgumentException when the registration does not say enough for an announcement
     */
    static SampleAnnouncement of(Registration registration, ModelVersionId id, Instant now) {
        ModelVersionId known = registration.kind() == RegistryKind.HUGGING_FACE
                ? ModelVersionId.of(id.registry(), id.name(), revision(id.version()))
                : id;
        String body = registration.kind() == RegistryKind.JSON
                ? MappedSample.body(registration.reading().mapping(), values(registration, known, now))
                : filled(template(registration.kind()), values(registration, known, now));
        return new SampleAnnouncement(known, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String revision(String version) {
        return version.matches("[0-9a-f]{40}") ? version : hex(version, 20);
    }

    private static Map<String, String> values(Registration registration, ModelVersionId id, Instant now) {
        String location = location(registration, id);
        URI place = URI.create(location.startsWith("s3://") ? location : "s3://models/");
        // Others name a model as they like, whatever the layout.
        boolean ofObjects = registration.kind() == RegistryKind.S3 || registration.kind() == RegistryKind.ARTIFACTORY;
        String key = ofObjects ? key(registration.where().layout(), id) : "";
        return Map.ofEntries(
                Map.entry("name", id.name()),
                Map.entry("version", id.version()),
                Map.entry("revision", id.version()),
                Map.entry("location", location),
                Map.entry("bucket", place.getHost()),
                Map.entry("key", key),
                Map.entry("path", key),
                Map.entry("type", type(registration)),
                Map.entry("time", now.toString()),
                Map.entry("seconds", String.valueOf(now.getEpochSecond())),
                Map.entry("millis", String.valueOf(now.toEpochMilli())),
                Map.entry("id", UUID.randomUUID().toString()),
                Map.entry("digest", hex(id.toString(), 32)));
    }

    // Where the operator says, else in the first store that is allowed.
    private static String location(Registration registration, ModelVersionId id) {
        LocationTemplate template = registration.where().location();
        if (template != null) {
            return template.locate(id);
        }
        var stores = registration.where().stores().prefixes();
        return (stores.isEmpty() ? "s3://models/" : stores.getFirst()) + id.name() + "/" + id.version() + "/";
    }

    private static String key(BucketLayout layout, ModelVersionId id) {
        int slash = id.name().indexOf('/');
        boolean owned = layout.text().contains("{owner}");
        if (owned != slash >= 0) {
            throw new IllegalArgumentException(id + ": expected a name that fits the layout " + layout.text()
                    + ", such as " + (owned ? "owner/name" : "name"));
        }
        return layout.text()
                        .replace("{owner}", id.name().substring(0, Math.max(0, slash)))
                        .replace("{name}", id.name().substring(slash + 1))
                        .replace("{version}", id.version())
                + "/" + WEIGHTS;
    }

    private static String type(Registration registration) {
        String wanted = registration.reading().type();
        return wanted == null ? "dev.forebear.model.version.created" : wanted;
    }

    private static String template(RegistryKind kind) {
        try (InputStream in = SampleAnnouncement.class.getResourceAsStream(kind.word() + ".json")) {
            if (in == null) {
                throw new IllegalArgumentException("a registry of kind " + kind.word() + " announces nothing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String filled(String template, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(match -> Matcher.quoteReplacement(value(values, match.group(1))));
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.getOrDefault(name, "");
        // Object stores query-escape keys in events.
        String written = name.equals("key") ? URLEncoder.encode(value, StandardCharsets.UTF_8) : value;
        return new String(JsonStringEncoder.getInstance().quoteAsString(written));
    }

    /** Hexadecimal digits that look like a digest and are the same for the same text. */
    private static String hex(String text, int bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
