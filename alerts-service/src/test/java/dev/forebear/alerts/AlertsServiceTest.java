package dev.forebear.alerts;

import static dev.forebear.alerts.Reports.base;
import static dev.forebear.alerts.Reports.match;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.alerts.access.AccessConfig;
import dev.forebear.alerts.delivery.Channel;
import dev.forebear.alerts.delivery.ChannelBook;
import dev.forebear.alerts.delivery.ChannelsFile;
import dev.forebear.alerts.delivery.RetryPolicy;
import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.AlertDelivery;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.DeliveryOutcome;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelChangeKind;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.ReadInProgress;
import dev.forebear.schemas.wire.ReadPurpose;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsServiceTest {

    private static final String SECRET = "whsec_m5WQVds3LX/JjlSgclm0LRRkB+LZCabS";
    private static final Policy UNDISCLOSED = PolicyFile.parse("policy.yaml", "rules: {undisclosed-ancestry: {}}");
    private static final RetryPolicy QUICK =
            new RetryPolicy(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(30));

    private static final int MORE_THAN_IT_TRIES = 2_000;

    @TempDir
    static Path data;

    static Wire broker;
    static HttpClient client;

    private final Receiver receiver = receiver();
    private WireConfig wire;

    @BeforeAll
    static void startBroker() {
        broker = new Wire(data);
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stopBroker() {
        client.close();
        broker.close();
    }

    @BeforeEach
    void createTopics() {
        wire = broker.create("t" + UUID.randomUUID().toString().substring(0, 8) + ".");
    }

    @AfterEach
    void closeReceiver() {
        receiver.close();
    }

    @Test
    void tellsAChannelAboutAnUndisclosedAncestorOnce() throws Exception {
        try (var service = start(List.of(webhook()))) {
            broker.report(wire, Reports.of("helios-7b@v4", base("quarry-ai/basalt-7b")));
            broker.report(wire, Reports.of("clean-7b@v1"));

            await().until(() -> deliveries().size() == 1);

            assertThat(alerts()).singleElement().satisfies(alert -> {
                assertThat(alert.getAlertId()).matches("al_[0-9a-f]{16}");
                assertThat(alert.getState()).isEqualTo(AlertState.OPEN);
                assertThat(alert.getDerivedModelVersionId()).isEqualTo("internal/helios-7b@v4");
                assertThat(alert.getBaseModelVersionId()).isEqualTo("hub/quarry-ai/basalt-7b@main");
            });
            assertThat(deliveries()).singleElement().satisfies(delivery -> {
                assertThat(delivery.getOutcome()).isEqualTo(DeliveryOutcome.DELIVERED);
                assertThat(delivery.getChannel()).isEqualTo("soar");
            });
            assertThat(receiver.requests())
                    .singleElement()
                    .satisfies(request ->
                            assertThat(request.text()).contains("\"type\":\"alert.opened\"", "/#/alerts/al_"));
            assertThat(get(service, "/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void showsWhatIsReadNowUntilItEnds() throws Exception {
        Instant now = Instant.now();
        var read = ReadInProgress.newBuilder()
                .setModelVersionId("internal/helios-7b@v4")
                .setPurpose(ReadPurpose.FINGERPRINT)
                .setBytesRead(30)
                .setBytesPlanned(40L)
                .setStartedAt(now)
                .setAt(now)
                .build();
        try (var service = start(List.of())) {
            broker.write(wire, Topics.READS_IN_PROGRESS, "FINGERPRINT internal/helios-7b@v4", read);
            await().untilAsserted(() -> assertThat(get(service, "/api/v1/reads").body())
                    .contains("\"modelVersionId\":\"internal/helios-7b@v4\"", "\"bytesPlanned\":40"));

            broker.writeBytes(wire, Topics.READS_IN_PROGRESS, "FINGERPRINT internal/helios-7b@v4", null);
            await().untilAsserted(() ->
                    assertThat(get(service, "/api/v1/reads").body()).contains("\"items\":[]"));
        }
    }

    @Test
    void changesNothingWhenReportsAreProcessedAgainAfterAnotherStart() throws Exception {
        try (var service = start(List.of(webhook()))) {
            broker.report(wire, Reports.of("helios-7b@v4", base("quarry-ai/basalt-7b")));
            await().until(() -> deliveries().size() == 1);
        }
        forgetCommittedOffsets();
        try (var service = start(List.of(webhook()))) {
            broker.report(wire, Reports.of("second@v1", base("quarry-ai/basalt-7b")));
            await().until(() -> deliveries().size() == 2);
        }

        assertThat(alerts())
                .extracting(LineageAlert::getDerivedModelVersionId)
                .containsExactlyInAnyOrder("internal/helios-7b@v4", "internal/second@v1");
        assertThat(receiver.requests()).hasSize(2);
    }

    @Test
    void deliversAfterTheNextStartWhatWasOwedWhenTheServiceStopped() throws Exception {
        for (int i = 0; i < MORE_THAN_IT_TRIES; i++) {
            receiver.answers(503);
        }
        try (var service = start(List.of(webhook()))) {
            broker.report(wire, Reports.of("helios-7b@v4", base("quarry-ai/basalt-7b")));
            await().until(() -> !deliveries().isEmpty());
        }
        assertThat(deliveries()).extracting(AlertDelivery::getOutcome).containsOnly(DeliveryOutcome.RETRYING);
        receiver.recovers();

        try (var service = start(List.of(webhook()))) {
            await().until(() -> outcomes().contains(DeliveryOutcome.DELIVERED));
        }
        assertThat(deliveries()).extracting(AlertDelivery::getAttempt).doesNotHaveDuplicates();
        assertThat(receiver.requests())
                .extracting(request -> request.header("webhook-id"))
                .containsOnly(receiver.requests().getFirst().header("webhook-id"));
    }

    @Test
    void tellsAChannelThatIsAddedLaterNothingOfThePast() throws Exception {
        try (var service = start(List.of())) {
            broker.report(wire, Reports.of("helios-7b@v4", base("quarry-ai/basalt-7b")));
            await().until(() -> alerts().size() == 1);
        }
        try (var service = start(List.of(webhook()))) {
            broker.report(wire, Reports.of("second@v1", base("quarry-ai/basalt-7b")));
            await().until(() -> deliveries().size() == 1);
        }

        assertThat(receiver.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.text()).contains("second"));
    }

    @Test
    void resolvesAnAlertWhoseFindingIsGoneAndSaysSo() throws Exception {
        try (var service = start(List.of(webhook()))) {
            broker.report(wire, Reports.of("helios-7b@v4", base("quarry-ai/basalt-7b")));
            await().until(() -> deliveries().size() == 1);
            LineageReport revised = Reports.builder("helios-7b@v4", 2)
                    .setMatches(List.of(match("quarry-ai/basalt-7b")
                            .setNearest(true)
                            .setDeclared(true)
                            .build()))
                    .build();
            broker.report(wire, revised);
            await().until(() -> deliveries().size() == 2);
        }

        assertThat(alerts()).extracting(LineageAlert::getState).containsExactly(AlertState.OPEN, AlertState.RESOLVED);
        assertThat(alerts())
                .extracting(LineageAlert::getAlertId)
                .containsOnly(alerts().getFirst().getAlertId());
        assertThat(receiver.requests().getLast().text()).contains("\"type\":\"alert.resolved\"");
    }

    @Test
    void resolvesTheAlertsOfAModelThatWasDeletedAndShowsIt() throws Exception {
        try (var service = start(List.of(webhook()))) {
            broker.report(wire, Reports.of("helios-7b@v4", base("quarry-ai/basalt-7b")));
            await().until(() -> deliveries().size() == 1);
            broker.write(
                    wire,
                    Topics.MODEL_CHANGES,
                    "internal/helios-7b",
                    ModelChanged.newBuilder()
                            .setEventId("deletion")
                            .setRegistry("internal")
                            .setName("helios-7b")
                            .setChange(ModelChangeKind.DELETED)
                            .setSender("mlflow")
                            .setChangedAt(Reports.UPLOADED.plusSeconds(600))
                            .setReceivedAt(Reports.UPLOADED.plusSeconds(600))
                            .setCorrelationId("c")
                            .build());
            await().until(() -> deliveries().size() == 2);
            assertThat(json(service, "/api/v1/models").at("/items/0/deletedAt").asText())
                    .isEqualTo(Reports.UPLOADED.plusSeconds(600).toString());
        }

        assertThat(alerts()).extracting(LineageAlert::getState).containsExactly(AlertState.OPEN, AlertState.RESOLVED);
    }

    @Test
    void forgetsAModelThatIsErasedResolvesItsAlertsAndKeepsTheOrder() throws Exception {
        try (var service = start(List.of(webhook()))) {
            broker.report(wire, Reports.of("helios-7b@v4", base("quarry-ai/basalt-7b")));
            broker.report(wire, Reports.of("other-7b@v1", base("internal/helios-7b")));
            await().until(() -> deliveries().size() == 2);

            var erased = post(service, "/api/v1/erasures", "{\"id\": \"internal/helios-7b\", \"reason\": \"asked\"}");
            assertThat(erased.statusCode()).as(erased.body()).isEqualTo(200);

            await().until(() -> deliveries().size() == 3);
            assertThat(get(service, "/api/v1/model?id=internal/helios-7b@v4").statusCode())
                    .isEqualTo(404);
            assertThat(json(service, "/api/v1/models").at("/items")).hasSize(1);
            assertThat(json(service, "/api/v1/audit?action=model.erased")
                            .at("/items/0/detail")
                            .asText())
                    .isEqualTo("asked; removed 1 versions, 0 fingerprints, 1 reports: internal/helios-7b@v4");
            // A worker that was at it when the order came.
            broker.report(wire, Reports.of("helios-7b@v4", base("quarry-ai/basalt-7b")));
            broker.report(wire, Reports.of("last@v1"));
            await().until(() -> json(service, "/api/v1/models").at("/items").size() == 2);
        }

        assertThat(alerts())
                .filteredOn(alert -> alert.getDerivedModelId().equals("internal/helios-7b"))
                .extracting(LineageAlert::getState)
                .containsExactly(AlertState.OPEN, AlertState.RESOLVED);
    }

    @Test
    void updatesAnAlertWithoutTellingAgain() throws Exception {
        try (var service = start(List.of(webhook()))) {
            broker.report(wire, Reports.of("helios-7b@v4", base("quarry-ai/basalt-7b")));
            await().until(() -> deliveries().size() == 1);
            broker.report(
                    wire,
                    Reports.builder("helios-7b@v4", 2)
                            .setMatches(List.of(match("quarry-ai/basalt-7b")
                                    .setNearest(true)
                                    .setLog10EValue(-90)
                                    .build()))
                            .build());
            broker.report(wire, Reports.of("second@v1", base("quarry-ai/basalt-7b")));
            await().until(() -> alerts().size() == 3 && deliveries().size() == 2);
        }

        assertThat(receiver.requests()).hasSize(2);
    }

    @Test
    void keepsAnAlertWhenALaterUploadIsNotAnalysed() throws Exception {
        try (var service = start(List.of(webhook()))) {
            broker.report(wire, Reports.of("helios-7b@v4", base("quarry-ai/basalt-7b")));
            await().until(() -> deliveries().size() == 1);
            broker.report(
                    wire,
                    Reports.builder("helios-7b@v4", 2)
                            .setNotAnalysed(Reports.malformed())
                            .build());
            broker.report(wire, Reports.of("second@v1", base("quarry-ai/basalt-7b")));
            await().until(() -> deliveries().size() == 2);
        }

        assertThat(alerts()).extracting(LineageAlert::getState).containsOnly(AlertState.OPEN);
    }

    @Test
    void putsAsideWhatItCannotDecodeAndGoesOn() throws Exception {
        try (var service = start(List.of(webhook()))) {
            broker.writeBytes(wire, Topics.LINEAGE_REPORTS, "internal/broken@1", new byte[] {9, 9, 9});
            broker.report(wire, Reports.of("helios-7b@v4", base("quarry-ai/basalt-7b")));
            await().until(() -> deliveries().size() == 1 && letters().size() == 1);
        }

        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.getStage()).isEqualTo("alerts-service");
            assertThat(letter.getReason()).isEqualTo("undecodable");
            assertThat(letter.getOriginTopic()).isEqualTo(wire.kafka().topic(Topics.LINEAGE_REPORTS));
        });
    }

    @Test
    void putsAsideAnAlertThatAChannelRefuses() throws Exception {
        receiver.answers(410, Map.of(), "gone");
        try (var service = start(List.of(webhook()))) {
            broker.report(wire, Reports.of("helios-7b@v4", base("quarry-ai/basalt-7b")));
            await().until(() -> deliveries().size() == 1);
        }

        assertThat(deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.getOutcome()).isEqualTo(DeliveryOutcome.FAILED);
            assertThat(delivery.getDetail()).startsWith("410: gone");
        });
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.getReason()).isEqualTo("exhausted");
            assertThat(letter.getMessage()).contains("channel soar was not told of 1 alerts: 410: gone");
        });
    }

    @Test
    void servesWhatHappenedAsJson() throws Exception {
        try (var service = start(List.of(webhook()))) {
            broker.report(wire, Reports.of("helios-7b@v4", base("quarry-ai/basalt-7b")));
            await().until(() -> json(service, "/api/v1/deliveries").get("total").asInt() == 1);

            JsonNode alert = json(service, "/api/v1/alerts").get("items").get(0);
            assertThat(alert.get("severity").asText()).isEqualTo("high");
            assertThat(alert.get("chance").asText()).isEqualTo("1 in 10^78");
            assertThat(alert.at("/told/0/outcome").asText()).isEqualTo("delivered");
            JsonNode report = json(service, "/api/v1/report?id=internal/helios-7b@v4%231");
            assertThat(report.get("matches")
                            .get(0)
                            .get("evidence")
                            .get(0)
                            .get("nullDeviation")
                            .asDouble())
                    .isEqualTo(0.044);
            assertThat(json(service, "/api/v1/model?id=internal/helios-7b@v4").get("alerts"))
                    .hasSize(1);
            assertThat(json(service, "/api/v1/overview").at("/unresolved/high").asInt())
                    .isEqualTo(1);
        }
    }

    private AlertsService start(List<Channel> channels) throws InterruptedException {
        return AlertsService.start(new AlertsConfig(
                wire,
                ListenAddress.anyLoopbackPort(),
                null,
                AccessConfig.open(),
                data.resolve(wire.kafka().topicPrefix() + "state"),
                PolicySource.of(UNDISCLOSED),
                ChannelBook.of(channels),
                null,
                QUICK));
    }

    private Channel webhook() {
        return ChannelsFile.parse("channels.yaml", """
            channels:
              - name: soar
                kind: webhook
                url: %s
                secret: {env: SOAR_SECRET}
                group-wait: 0.01s
                group-interval: 0.01s
            """.formatted(receiver.url()), Map.of("SOAR_SECRET", SECRET)::get)
                .getFirst();
    }

    private void forgetCommittedOffsets() throws Exception {
        try (var admin = Admin.create(wire.kafka().clientProperties())) {
            admin.deleteConsumerGroups(List.of(wire.kafka().topicPrefix() + ReportConsumer.GROUP))
                    .all()
                    .get();
        }
    }

    private List<LineageAlert> alerts() {
        return broker.read(wire, Topics.LINEAGE_ALERTS);
    }

    private List<AlertDelivery> deliveries() {
        return broker.read(wire, Topics.ALERT_DELIVERIES);
    }

    private List<DeliveryOutcome> outcomes() {
        return deliveries().stream().map(AlertDelivery::getOutcome).toList();
    }

    private List<DeadLetter> letters() {
        return broker.read(wire, Topics.DEAD_LETTERS);
    }

    private static JsonNode json(AlertsService service, String path) throws Exception {
        return new ObjectMapper().readTree(get(service, path).body());
    }

    private static HttpResponse<String> get(AlertsService service, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(service.uri().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(AlertsService service, String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(service.uri().resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static Receiver receiver() {
        try {
            return new Receiver();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
