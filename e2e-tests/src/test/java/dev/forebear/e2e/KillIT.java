package dev.forebear.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AlertDelivery;
import dev.forebear.schemas.wire.DeliveryOutcome;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.QueryPurpose;
import dev.forebear.schemas.wire.ToldAlert;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in the middle of 200 uploads, and a restart on the same data. */
class KillIT {

    private static final int UPLOADS = 200;
    private static final int KILLED_AFTER = 60;
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Duration DONE_WITHIN = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    /** Ids of the messages that people got, in order; a channel may see the one in flight at the kill twice. */
    private final List<String> inbox = new CopyOnWriteArrayList<>();

    private HttpServer channel;

    @BeforeEach
    void listen() throws IOException {
        channel = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        channel.createContext("/", exchange -> {
            inbox.add(exchange.getRequestHeaders().getFirst("webhook-id"));
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        channel.start();
    }

    @AfterEach
    void stopListening() {
        channel.stop(0);
    }

    @Test
    void losesNoUploadAndRepeatsNoAlert() throws Exception {
        var names = IntStream.range(0, UPLOADS).mapToObj(i -> "copy-" + i).toList();
        try (var first = up()) {
            var addresses = Addresses.of(first);
            try (var registry = addresses.registry(folder)) {
                for (var name : names) {
                    registry.upload("base-a", name);
                }
                registry.announceUntilAccepted(addresses.webhooks(), names.getFirst());
                awaitReports(addresses, 1);
                for (var name : names.subList(1, UPLOADS / 2)) {
                    registry.announceUntilAccepted(addresses.webhooks(), name);
                }
            }
            awaitReports(addresses, KILLED_AFTER);
            first.kill();
        }

        try (var second = up()) {
            var addresses = Addresses.of(second);
            try (var registry = addresses.registry(folder);
                    var topics = addresses.topics()) {
                for (var name : names.subList(UPLOADS / 2, UPLOADS)) {
                    registry.announceUntilAccepted(addresses.webhooks(), name);
                }
                await().atMost(DONE_WITHIN).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                    assertThat(uploadReports(topics)).hasSize(UPLOADS);
                    assertThat(topics.all(Topics.LINEAGE_ALERTS).stream()
                                    .map(LineageAlert::getAlertId)
                                    .distinct())
                            .hasSize(UPLOADS - 1);
                    assertThat(told(topics)).hasSize(UPLOADS - 1);
                });

                assertThat(uploadReports(topics)).doesNotHaveDuplicates();
                assertThat(topics.all(Topics.LINEAGE_ALERTS).stream()
                                .map(alert -> alert.getAlertId() + " opened at " + alert.getOpenedAt())
                                .distinct())
                        .as("every alert is opened once, however often its report is revised")
                        .hasSize(UPLOADS - 1);
                assertThat(inbox)
                        .containsAll(delivered(topics)
                                .map(AlertDelivery::getMessageId)
                                .toList());
                assertThat(repeated(inbox)).as("messages sent twice").hasSizeLessThanOrEqualTo(1);
            }
            assertThat(second.end()).isIn(0, 130, 143);
        }
    }

    private static void awaitReports(Addresses addresses, int count) {
        try (var topics = addresses.topics()) {
            await().atMost(DONE_WITHIN)
                    .until(() -> topics.all(Topics.LINEAGE_REPORTS).size() >= count);
        }
    }

    private static List<String> uploadReports(TopicReader topics) {
        return topics.all(Topics.LINEAGE_REPORTS).stream()
                .filter(report -> report.getPurpose() == QueryPurpose.UPLOAD)
                .map(LineageReport::getModelVersionId)
                .toList();
    }

    /** Alerts that people were told of, each once. */
    private static Set<String> told(TopicReader topics) {
        return delivered(topics)
                .flatMap(delivery -> delivery.getTells().stream())
                .map(ToldAlert::getAlertId)
                .collect(Collectors.toSet());
    }

    private static Stream<AlertDelivery> delivered(TopicReader topics) {
        return topics.all(Topics.ALERT_DELIVERIES).stream()
                .filter(delivery -> delivery.getOutcome() == DeliveryOutcome.DELIVERED);
    }

    private static List<String> repeated(List<String> all) {
        return all.stream().collect(Collectors.groupingBy(one -> one, Collectors.counting())).entrySet().stream()
                .filter(one -> one.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    private ChildProcess up() throws IOException {
        var registries = folder.resolve("registries.yaml");
        Files.writeString(registries, Registry.REGISTRATION);
        var channels = folder.resolve("channels.yaml");
        Files.writeString(channels, """
            channels:
              - name: inbox
                kind: webhook
                url: http://127.0.0.1:%d/alerts
                secret: {env: TEST_INBOX_SECRET}
                group-wait: 0.1s
                group-interval: 0.1s
            """.formatted(channel.getAddress().getPort()));
        return ChildProcess.ofModule(
                "cli",
                Map.of(
                        Registry.SECRET_VARIABLE,
                        Registry.SECRET,
                        "TEST_INBOX_SECRET",
                        "whsec_dGVzdC1pbmJveC1zZWNyZXQtMDAwMDAwMDAwMQ=="),
                "up",
                "--data",
                folder.resolve("data").toString(),
                "--registries",
                registries.toString(),
                "--channels",
                channels.toString(),
                "--dashboard-port",
                "0",
                "--webhooks-port",
                "0",
                "--kafka-port",
                "0",
                "--schema-registry-port",
                "0",
                "--s3-port",
                "0");
    }

    /** What {@code up} prints about where things are. */
    private record Addresses(URI webhooks, String kafka, URI schemas, URI s3) {

        static Addresses of(ChildProcess up) {
            up.awaitLine("^Forebear is ready", READY_WITHIN);
            return new Addresses(
                    URI.create(up.awaitLine("webhooks +(http://\\S+)/hooks/", READY_WITHIN)
                            .group(1)),
                    up.awaitLine("Kafka +(\\S+)", READY_WITHIN).group(1),
                    URI.create(up.awaitLine("schemas +(\\S+)", READY_WITHIN).group(1)),
                    URI.create(up.awaitLine("S3 +(\\S+)", READY_WITHIN).group(1)));
        }

        Registry registry(Path folder) throws IOException {
            return new Registry(
                    s3,
                    "forebear",
                    Files.readString(folder.resolve("data/s3-secret-key")).strip());
        }

        TopicReader topics() {
            return new TopicReader(kafka, schemas);
        }
    }
}
