package dev.forebear.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.minio.MinioClient;
import io.minio.UploadObjectArgs;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** A registry of the tests: puts models of the zoo into object storage and posts the hub's webhook for them. */
final class Registry implements AutoCloseable {

    static final String SECRET_VARIABLE = "TEST_HUB_SECRET";
    static final String SECRET = "test-hub-secret-0001";
    static final String ALIAS = "hub";

    /** What the operator writes into the file of registries. */
    static final String REGISTRATION = """
        registries:
          - alias: hub
            kind: hugging-face
            secrets: [{env: TEST_HUB_SECRET}]
            location: "s3://models/{name}/{version}/"
            stores: ["s3://models/"]
        """;

    private final MinioClient s3;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    Registry(URI s3Endpoint, String accessKey, String secretKey) {
        s3 = MinioClient.builder()
                .endpoint(s3Endpoint.toString())
                .credentials(accessKey, secretKey)
                .build();
    }

    /** Puts the files of a model of the zoo under another name. */
    void upload(String zooModel, String name) throws Exception {
        try (Stream<Path> files = Files.list(ChildProcess.ROOT.resolve("zoo").resolve(zooModel))) {
            for (var file : files.toList()) {
                s3.uploadObject(UploadObjectArgs.builder()
                        .bucket("models")
                        .object(name + "/" + revision(name) + "/" + file.getFileName())
                        .filename(file.toString())
                        .build());
            }
        }
    }

    /** Posts the webhook; like the hub, tells whether it was accepted. */
    boolean announce(URI webhooks, String name) throws InterruptedException {
        var body = """
            {"event":{"action":"update","scope":"repo.content"},
             "repo":{"type":"model","name":"%s","id":"%s","private":false,"headSha":"%s"},
             "updatedRefs":[{"ref":"refs/heads/main","oldSha":null,"newSha":"%s"}],
             "webhook":{"id":"8975583967242ad2e8782daa","version":3}}
            """.formatted(name, revision(name).substring(0, 24), revision(name), revision(name));
        var request = HttpRequest.newBuilder(URI.create(webhooks + "/hooks/" + ALIAS))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .header("X-Webhook-Secret", SECRET)
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isIn(200, 202, 503);
            return response.statusCode() != 503;
        } catch (IOException receiverIsAway) {
            return false;
        }
    }

    /** Posts until accepted, as a sender with retries does. */
    void announceUntilAccepted(URI webhooks, String name) throws InterruptedException {
        for (int attempt = 0; attempt < 50; attempt++) {
            if (announce(webhooks, name)) {
                return;
            }
        }
        throw new AssertionError(name + ": expected to be accepted after 50 attempts");
    }

    static String modelVersionId(String name) {
        return ALIAS + "/" + name + "@" + revision(name);
    }

    private static String revision(String name) {
        return String.format("%040x", new BigInteger(1, name.getBytes(StandardCharsets.UTF_8)))
                .substring(0, 40);
    }

    @Override
    public void close() {
        http.close();
    }
}
