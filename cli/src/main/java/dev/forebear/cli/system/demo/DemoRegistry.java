package dev.forebear.cli.system.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.cli.system.OneProcess;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The four registries of the demonstration, each with the webhook of its kind. */
enum DemoRegistry {
    HUB("hub", "hugging-face", "s3://" + OneProcess.MODELS_BUCKET + "/hub/{name}/{version}/") {
        @Override
        HttpRequest.Builder webhook(ZooModel model, String secret, Instant now) {
            return json(Map.of(
                            "event", Map.of("action", "update", "scope", "repo.content"),
                            "repo",
                                    Map.of(
                                            "type", "model",
                                            "name", name(model),
                                            "id", hex(model.id(), 12),
                                            "private", false,
                                            "headSha", version(model)),
                            "updatedRefs", List.of(Map.of("ref", "refs/heads/main", "newSha", version(model))),
                            "webhook", Map.of("id", hex("webhook", 12), "version", 3)))
                    .header("X-Webhook-Secret", secret);
        }

        @Override
        String version(ZooModel model) {
            return hex("revision of " + model.id(), 20);
        }
    },
    INTERNAL("internal", "mlflow", null) {
        @Override
        HttpRequest.Builder webhook(ZooModel model, String secret, Instant now) {
            var body = text(Map.of(
                    "entity",
                    "model_version",
                    "action",
                    "created",
                    "timestamp",
                    now.toString(),
                    "data",
                    Map.of("name", name(model), "version", version(model), "source", location(model))));
            var delivery = UUID.randomUUID().toString();
            var timestamp = String.valueOf(now.getEpochSecond());
            return HttpRequest.newBuilder()
                    .POST(BodyPublishers.ofString(body))
                    .header("Content-Type", "application/json")
                    .header("X-MLflow-Delivery-Id", delivery)
                    .header("X-MLflow-Timestamp", timestamp)
                    .header("X-MLflow-Signature", "v1," + hmac(secret, delivery + "." + timestamp + "." + body));
        }
    },
    LAKE("lake", "s3", null) {
        @Override
        HttpRequest.Builder webhook(ZooModel model, String secret, Instant now) throws IOException {
            List<Map<String, ?>> records = new ArrayList<>();
            for (var file : model.files()) {
                records.add(record(prefix(model) + file.getFileName(), Files.size(file), now));
            }
            return json(Map.of("Records", records)).header("Authorization", "Bearer " + secret);
        }
    },
    PLATFORM("platform", "cloud-events", null) {
        @Override
        HttpRequest.Builder webhook(ZooModel model, String secret, Instant now) {
            return json(Map.of(
                            "specversion",
                            "1.0",
                            "id",
                            UUID.randomUUID().toString(),
                            "source",
                            "//platform.example/models",
                            "type",
                            "com.example.model.version.created",
                            "time",
                            now.toString(),
                            "data",
                            Map.of("model", name(model), "version", version(model), "location", location(model))))
                    .setHeader("Content-Type", "application/cloudevents+json")
                    .header("Authorization", "Bearer " + secret);
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What an object store says of an object that was written. */
    private static Map<String, ?> record(String key, long size, Instant now) {
        Map<String, ?> object = Map.of(
                "key", key.replace("/", "%2F"),
                "size", size,
                "eTag", hex(key, 16),
                "sequencer", hex(now.toString(), 8));
        return Map.of(
                "eventVersion",
                "2.0",
                "eventSource",
                "minio:s3",
                "eventTime",
                now.toString(),
                "eventName",
                "s3:ObjectCreated:Put",
                "s3",
                Map.of("bucket", Map.of("name", OneProcess.MODELS_BUCKET), "object", object));
    }

    private final String alias;
    private final String kind;
    private final @Nullable String locationTemplate;

    DemoRegistry(String alias, String kind, @Nullable String locationTemplate) {
        this.alias = alias;
        this.kind = kind;
        this.locationTemplate = locationTemplate;
    }

    /** Bases come from the hub; everything else from one registry after another. */
    static DemoRegistry of(boolean base, int index) {
        return base ? HUB : List.of(INTERNAL, LAKE, PLATFORM).get(index % 3);
    }

    String alias() {
        return alias;
    }

    /** Name of the variable that holds the secret. */
    String secretVariable() {
        return "FOREBEAR_DEMO_" + name() + "_SECRET";
    }

    /** Its entry in the file of registries. */
    String registration() {
        return "  - alias: " + alias + "\n    kind: " + kind + "\n    secrets: [{env: " + secretVariable() + "}]\n"
                + "    stores: [\"s3://" + OneProcess.MODELS_BUCKET + "/\"]\n"
                + (this == LAKE ? "    layout: \"lake/{name}/{version}\"\n" : "")
                + (locationTemplate == null ? "" : "    location: \"" + locationTemplate + "\"\n");
    }

    /** A signed request, complete but for its address. */
    abstract HttpRequest.Builder webhook(ZooModel model, String secret, Instant now) throws IOException;

    /** Name of the model in this registry. */
    String name(ZooModel model) {
        return this == HUB ? "zoo/" + model.id() : model.id();
    }

    String version(ZooModel model) {
        return "1";
    }

    /** Where the objects of the model are put, below the bucket. */
    String prefix(ZooModel model) {
        return alias + "/" + name(model) + "/" + version(model) + "/";
    }

    String location(ZooModel model) {
        return "s3://" + OneProcess.MODELS_BUCKET + "/" + prefix(model);
    }

    String modelVersionId(ZooModel model) {
        return alias + "/" + name(model) + "@" + version(model);
    }

    static HttpRequest.Builder json(Map<String, ?> body) {
        return HttpRequest.newBuilder()
                .POST(BodyPublishers.ofString(text(body)))
                .header("Content-Type", "application/json");
    }

    static String text(Map<String, ?> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (IOException e) {
            throw new IllegalStateException("maps of texts can be written", e);
        }
    }

    /** Hex digits that look like an identifier and are the same for the same seed. */
    static String hex(String seed, int bytes) {
        return HexFormat.of().formatHex(sha256(seed), 0, bytes);
    }

    private static byte[] sha256(String seed) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    static String hmac(String secret, String signed) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }
}
