package dev.forebear.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebear.platform.EmbeddedPlatform;
import dev.forebear.platform.EmbeddedPlatformConfig;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container form without the containers: each service a process of its own, two matchers, one of which ends. */
class DistributedIT {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Duration DONE_WITHIN = Duration.ofMinutes(4);
    private static final List<String> BASES = List.of("base-a", "base-b", "base-c", "base-a-rerun");
    private static final List<String> DERIVED = List.of(
            "base-a-copy",
            "base-a-sft-light",
            "base-a-cpt",
            "base-a-vocab-ext",
            "base-a-lora-merged",
            "base-b-sft",
            "base-a-rerun-sft",
            "base-a-moe",
            "base-a-merge-ties",
            "base-a-int8");

    @TempDir
    private Path folder;

    @Test
    void findsTheLineageAlthoughAMatcherEndsMidway() throws Exception {
        try (var platform = EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(folder.resolve("data")))) {
            platform.createBucket("models");
            new TopicAdmin(KafkaConfig.of(platform.bootstrapServers())).create(4, (short) 1);
            var ingestPort = freePort();
            var matcherPort = freePort();
            try (var ingest = service("ingest-service", platform, ingestPort);
                    var worker = service("fingerprint-worker", platform, freePort());
                    var firstMatcher = service("match-service", platform, freePort());
                    var secondMatcher = service("match-service", platform, matcherPort);
                    var alerts = service("alerts-service", platform, freePort());
                    var registry = new Registry(platform.s3Endpoint(), "forebear", "forebear-secret");
                    var topics = new TopicReader(platform.bootstrapServers(), platform.schemaRegistryUrl())) {
                var webhooks = URI.create("http://127.0.0.1:" + ingestPort);
                awaitReady(ingestPort, ingest);
                awaitReady(matcherPort, secondMatcher);
                publish(registry, webhooks, BASES);
                awaitReports(topics, BASES.size());
                publish(registry, webhooks, DERIVED.subList(0, 3));

                firstMatcher.end();
                publish(registry, webhooks, DERIVED.subList(3, DERIVED.size()));
                awaitReports(topics, BASES.size() + DERIVED.size());

                var truth = new Truth();
                var reports = latest(topics);
                assertThat(DERIVED)
                        .allSatisfy(name -> assertThat(reports.get(Registry.modelVersionId(name))
                                        .getMatches())
                                .as(worker.log())
                                .filteredOn(LineageMatch::getNearest)
                                .singleElement()
                                .satisfies(match -> assertThat(truth.isAncestor(match.getName(), name))
                                        .isTrue()));
                assertThat(BASES)
                        .allSatisfy(name -> assertThat(reports.get(Registry.modelVersionId(name))
                                        .getMatches())
                                .isEmpty());
                await().atMost(DONE_WITHIN)
                        .untilAsserted(() -> assertThat(topics.all(Topics.LINEAGE_ALERTS))
                                .as(alerts.log())
                                .isNotEmpty());
            }
        }
    }

    private static void publish(Registry registry, URI webhooks, List<String> names) throws Exception {
        for (var name : names) {
            registry.upload(name, name);
            registry.announceUntilAccepted(webhooks, name);
        }
    }

    private static void awaitReports(TopicReader topics, int count) {
        await().atMost(DONE_WITHIN)
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(latest(topics)).hasSize(count));
    }

    private static Map<String, LineageReport> latest(TopicReader topics) {
        var reports = new HashMap<String, LineageReport>();
        topics.all(Topics.LINEAGE_REPORTS).forEach(report -> reports.put(report.getModelVersionId(), report));
        return reports;
    }

    private ChildProcess service(String module, EmbeddedPlatform platform, int port) throws IOException {
        var registries = folder.resolve("registries.yaml");
        Files.writeString(registries, Registry.REGISTRATION);
        return ChildProcess.ofModule(
                module,
                Map.of(
                        "FOREBEAR_KAFKA",
                        platform.bootstrapServers(),
                        "FOREBEAR_SCHEMA_REGISTRY",
                        platform.schemaRegistryUrl().toString(),
                        "FOREBEAR_S3_ENDPOINT",
                        platform.s3Endpoint().toString(),
                        "FOREBEAR_S3_ACCESS_KEY",
                        "forebear",
                        "FOREBEAR_S3_SECRET_KEY",
                        "forebear-secret",
                        "FOREBEAR_REGISTRIES",
                        registries.toString(),
                        "FOREBEAR_STATE",
                        folder.resolve("state-" + port).toString(),
                        "FOREBEAR_LISTEN",
                        "127.0.0.1:" + port,
                        Registry.SECRET_VARIABLE,
                        Registry.SECRET));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitReady(int port, ChildProcess service) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            await(service.log())
                    .atMost(READY_WITHIN)
                    .ignoreExceptions()
                    .until(() -> http.send(request, BodyHandlers.ofString()).statusCode() == 200);
        }
    }
}
