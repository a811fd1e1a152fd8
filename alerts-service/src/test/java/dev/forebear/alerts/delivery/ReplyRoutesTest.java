package dev.forebear.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebear.alerts.Wire;
import dev.forebear.alerts.readmodel.FollowedReadModel;
import dev.forebear.runtime.HttpListener;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.runtime.Metrics;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.AlertActionKind;
import dev.forebear.schemas.wire.AlertDelivery;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.DeliveryOutcome;
import dev.forebear.schemas.wire.MessagePurpose;
import dev.forebear.schemas.wire.ToldAlert;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplyRoutesTest {

    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
    private static final String REFERENCE = "C0123ABC/1795161604.000001";
    private static final UnsubscribeKey KEY = new UnsubscribeKey(Secret.of("open sesame"));
    private static final MailAddress ANA = new MailAddress("Ana <ana@example.com>");

    @TempDir
    static Path data;

    static SlackStub slack;
    static Wire broker;
    static WireConfig wire;
    static FollowedReadModel followed;
    static DeliveryWriter writer;
    static Metrics metrics;
    static HttpListener listener;
    static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        slack = new SlackStub();
        broker = new Wire(data.resolve("broker"));
        wire = broker.create("replies.");
        followed = FollowedReadModel.open(broker, wire, data);
        writer = new DeliveryWriter(wire.kafka(), broker.schemas(), followed.follower());
        metrics = new Metrics("test");
        client = HttpClient.newHttpClient();
        var server = new SmtpServer("127.0.0.1", 25, SmtpServer.Security.NONE, null, null);
        var book = ChannelBook.of(List.of(
                slack.bot(Terms.standard("threads")),
                new Email(Terms.standard("mail"), server, new MailAddress("forebear@example.com"), List.of(ANA))));
        var routes = new ReplyRoutes(book, KEY, followed.model(), writer, InstantSource.fixed(NOW));
        listener = HttpListener.start(
                ListenAddress.anyLoopbackPort(),
                HttpListener.DEFAULT_MAX_REQUEST_BYTES,
                metrics,
                List.of(),
                routes::addTo);
        tell("al_1", "ms_first");
        tell("al_2", "ms_second");
    }

    @AfterAll
    static void stop() {
        client.close();
        listener.close();
        metrics.close();
        writer.close();
        followed.close();
        broker.close();
        slack.close();
    }

    @Test
    void aClickActsOnEverythingThatTheMessageTellsOf() throws Exception {
        String body = click("acknowledge", "ms_first");

        assertThat(post(body, NOW, sign(body, NOW)).statusCode()).isEqualTo(200);

        await().until(() -> actions(AlertActionKind.ACKNOWLEDGE).size() == 2);
        assertThat(actions(AlertActionKind.ACKNOWLEDGE)).allSatisfy(action -> {
            assertThat(action.getAuthor()).isEqualTo("ana (U012AB3CD)");
            assertThat(action.getVia()).isEqualTo("slack");
            assertThat(action.getAt()).isEqualTo(NOW);
        });
        assertThat(actions(AlertActionKind.ACKNOWLEDGE))
                .extracting(AlertAction::getAlertId)
                .containsExactlyInAnyOrder("al_1", "al_2");
    }

    @Test
    void aSnoozeEndsAfterSevenDays() throws Exception {
        String body = click("snooze", "ms_first");

        assertThat(post(body, NOW, sign(body, NOW)).statusCode()).isEqualTo(200);

        await().until(() -> actions(AlertActionKind.SNOOZE).size() == 2);
        assertThat(actions(AlertActionKind.SNOOZE))
                .allSatisfy(action -> assertThat(action.getUntil()).isEqualTo(NOW.plus(Duration.ofDays(7))));
    }

    @Test
    void clicksThatSlackDidNotSignJustNowAreRefused() throws Exception {
        String body = click("resolve", "ms_first");
        Instant old = NOW.minus(Duration.ofMinutes(6));

        assertThat(post(body, NOW, sign(body + " ", NOW)).statusCode()).isEqualTo(401);
        assertThat(post(body, old, sign(body, old)).statusCode()).isEqualTo(401);
        assertThat(post(body, NOW, "v0=").statusCode()).isEqualTo(401);
    }

    @Test
    void clicksOnLinksAndWhatIsNotUnderstoodAreTakenAndChangeNothing() throws Exception {
        for (String body :
                List.of(click("open", "ms_first"), click("acknowledge", "ms_unheard_of"), "payload=%7B", "x")) {
            assertThat(post(body, NOW, sign(body, NOW)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void signaturesAreThoseOfSlacksDocumentation() {
        String body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
                + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
                + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F"
                + "96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

        assertThat(SlackSignature.of(SlackStub.SIGNING_SECRET, "1531420618", body.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
    }

    @Test
    void oneClickEndsTheMailOfAChannelAndIsOnTheTrailWithoutTheAddress() throws Exception {
        URI link = listener.uri().resolve("/u/" + KEY.token("mail", ANA));
        HttpResponse<String> asked = send(HttpRequest.newBuilder(link));
        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.body())
                .contains("<form method=\"post\">", "<b>mail</b>")
                .doesNotContain("ana@");
        assertThat(new Ledger(followed.model().queries()).optedOut("mail")).isEmpty();

        HttpResponse<String> done = send(HttpRequest.newBuilder(link)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click")));

        assertThat(done.statusCode()).isEqualTo(200);
        await().until(() ->
                new Ledger(followed.model().queries()).optedOut("mail").contains("ana@example.com"));
        assertThat(broker.read(wire, Topics.AUDIT_ENTRIES)).singleElement().satisfies(entry -> {
            assertThat(entry.getAction()).isEqualTo("email.unsubscribed");
            assertThat(entry.toString()).doesNotContain("ana@");
        });
    }

    @Test
    void linksThatAreForgedLeadNowhere() throws Exception {
        String token = KEY.token("mail", ANA);
        String other = new UnsubscribeKey(Secret.of("another")).token("mail", ANA);

        for (String forged : List.of(other, token.replace("mail.", "threads."), token + "0", "mail.", "..%2f..")) {
            assertThat(send(HttpRequest.newBuilder(listener.uri().resolve("/u/" + forged)))
                            .statusCode())
                    .isIn(400, 404);
        }
    }

    private static void tell(String alert, String message) throws Exception {
        followed.write(
                Topics.LINEAGE_ALERTS, alert, Alerts.alert().setAlertId(alert).build());
        followed.write(
                Topics.ALERT_DELIVERIES,
                "threads",
                AlertDelivery.newBuilder()
                        .setAlertId(alert)
                        .setChannel("threads")
                        .setState(AlertState.OPEN)
                        .setOutcome(DeliveryOutcome.DELIVERED)
                        .setAttempt(1)
                        .setAt(NOW)
                        .setMessageId(message)
                        .setPurpose(MessagePurpose.ALERTS)
                        .setTells(List.of(new ToldAlert(alert, 1, AlertState.OPEN)))
                        .setReference(REFERENCE)
                        .build());
    }

    private static String click(String action, String message) {
        String payload = """
            {"type":"block_actions","user":{"id":"U012AB3CD","username":"ana","name":"ana","team_id":"T0"},
             "actions":[{"action_id":"%s","block_id":"b","value":"%s","type":"button"}]}
            """.formatted(action, message);
        return "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8);
    }

    private static String sign(String body, Instant at) {
        return SlackSignature.of(
                SlackStub.SIGNING_SECRET, String.valueOf(at.getEpochSecond()), body.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> post(String body, Instant at, String signature) throws Exception {
        return send(HttpRequest.newBuilder(listener.uri().resolve("/slack/actions"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Slack-Request-Timestamp", String.valueOf(at.getEpochSecond()))
                .header("X-Slack-Signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<AlertAction> actions(AlertActionKind kind) {
        return broker.read(wire, Topics.ALERT_ACTIONS).stream()
                .filter(action -> action.getKind() == kind)
                .toList();
    }
}
