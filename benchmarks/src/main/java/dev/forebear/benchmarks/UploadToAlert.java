package dev.forebear.benchmarks;

import com.sun.net.httpserver.HttpServer;
import io.minio.MinioClient;
import io.minio.UploadObjectArgs;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;

/**
 * From a registry's webhook to the alert at its channel: copies of one model are announced one after another, each when
 * the alert about the one before has arrived.
 */
final class UploadToAlert implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration READY_WITHIN = Duration.ofMinutes(30);
    private static final String SECRET = "benchmark-secret-0001";
    private static final Path MODEL = Path.of("zoo", "base-a-moe");

    private final LinkedBlockingQueue<String> inbox = new LinkedBlockingQueue<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpServer channel;
    private final Program up;
    private final String webhooks;
    private final String kafka;
    private final String schemaRegistry;
    private final MinioClient s3;

    /** Of this run, because the folder may know those of earlier ones. */
    private final String prefix = "run-" + Instant.now().getEpochSecond() + "-";

    private int copies;

    UploadToAlert() throws IOException, InterruptedException {
        this(Files.createTempDirectory("forebear-benchmark-"));
    }

    /** @param folder its folder {@code data} may hold what earlier uploads left */
    UploadToAlert(Path folder) throws IOException, InterruptedException {
        channel = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        channel.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            inbox.add(body);
        });
        channel.start();
        up = new Program(
                Program.upOn(
                        folder.resolve("data"),
                        "--registries",
                        registries(folder).toString(),
                        "--channels",
                        channels(folder).toString()),
                List.of("BENCHMARK_SECRET=" + SECRET, "BENCHMARK_INBOX=whsec_YmVuY2htYXJrLWluYm94LXNlY3JldC0wMDAx"));
        webhooks = up.awaitLine("webhooks +(http://\\S+)/hooks/", READY_WITHIN).group(1);
        kafka = up.awaitLine("Kafka +(\\S+)", LONGEST).group(1);
        schemaRegistry = up.awaitLine("schemas +(\\S+)", LONGEST).group(1);
        var endpoint = up.awaitLine("S3 +(\\S+)", LONGEST).group(1);
        s3 = MinioClient.builder()
                .endpoint(endpoint)
                .credentials(
                        "forebear",
                        Files.readString(folder.resolve("data/s3-secret-key")).strip())
                .httpClient(new OkHttpClient())
                .build();
    }

    private static Path registries(Path folder) throws IOException {
        return Files.writeString(folder.resolve("registries.yaml"), """
            registries:
              - alias: bench
                kind: cloud-events
                secrets: [{env: BENCHMARK_SECRET}]
            """);
    }

    private Path channels(Path folder) throws IOException {
        return Files.writeString(folder.resolve("channels.yaml"), """
            channels:
              - name: inbox
                kind: webhook
                url: http://127.0.0.1:%d/
                secret: {env: BENCHMARK_INBOX}
                group-wait: 0.001s
                group-interval: 0.001s
            """.formatted(
                        channel.getAddress().getPort()));
    }

    String kafka() {
        return kafka;
    }

    String schemaRegistry() {
        return schemaRegistry;
    }

    double residentMebibytes() throws IOException {
        return up.residentMebibytes();
    }

    /** Uploads what the copies are made from. */
    void begin() throws IOException, InterruptedException {
        put(prefix + "base");
        announce(prefix + "base");
    }

    /** Milliseconds from the announcement of one more copy to its alert. */
    double latency() throws IOException, InterruptedException {
        String copy = prefix + "copy-" + copies++;
        put(copy);
        long start = System.nanoTime();
        announce(copy);
        awaitAlertAbout(copy);
        return (System.nanoTime() - start) / 1e6;
    }

    /** Of so many copies, after some to warm up. */
    List<Double> latencies(int warmUp, int uploads) throws IOException, InterruptedException {
        for (int i = 0; i < warmUp; i++) {
            latency();
        }
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < uploads; i++) {
            millis.add(latency());
        }
        return millis;
    }

    private void awaitAlertAbout(String name) throws InterruptedException {
        String body;
        do {
            body = inbox.poll(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            if (body == null) {
                throw new IllegalStateException(name + ": expected an alert within " + LONGEST + ", found none");
            }
        } while (!body.contains("bench/" + name + "@1"));
    }

    private void put(String name) throws IOException {
        try (Stream<Path> files = Files.list(MODEL)) {
            for (var file : files.toList()) {
                s3.uploadObject(UploadObjectArgs.builder()
                        .bucket("models")
                        .object(name + "/1/" + file.getFileName())
                        .filename(file.toString())
                        .build());
            }
        } catch (MinioException e) {
            throw new IOException(name + ": could not be put", e);
        }
    }

    private void announce(String name) throws IOException, InterruptedException {
        var body = """
            {"specversion":"1.0","id":"%s","source":"//bench","type":"bench.model.version.created",
             "data":{"model":"%s","version":"1","location":"s3://models/%s/1/"}}
            """.formatted(name, name, name);
        var request = HttpRequest.newBuilder(URI.create(webhooks + "/hooks/bench"))
                .header("Content-Type", "application/cloudevents+json")
                .header("Authorization", "Bearer " + SECRET)
                .POST(BodyPublishers.ofString(body))
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(name + ": expected 2xx, found " + response.statusCode() + " " + response.body());
        }
    }

    @Override
    public void close() throws IOException {
        up.close();
        http.close();
        channel.stop(0);
    }
}
