package dev.forebear.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.alerts.Receiver;
import dev.forebear.alerts.Receiver.Request;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.wire.AlertState;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpChannelTest {

    private static final Secret SECRET = Secret.of("whsec_m5WQVds3LX/JjlSgclm0LRRkB+LZCabS");
    private static final Audience ALL = Audience.everything();

    private final HttpPost http = new HttpPost(Duration.ofMillis(500));
    private Receiver receiver;

    @BeforeEach
    void openReceiver() throws IOException {
        receiver = new Receiver();
    }

    @AfterEach
    void closeReceiver() {
        receiver.close();
    }

    @Test
    void webhookIsSignedOverItsBody() {
        webhook(1_795_161_660).send(Alerts.notice(Alerts.alert()));

        Request request = receiver.requests().getFirst();
        assertThat(request.header("webhook-id")).isEqualTo("msg_5f0c2a1b9d3e4f60_open");
        assertThat(request.header("webhook-timestamp")).isEqualTo("1795161660");
        assertThat(request.header("webhook-signature"))
                .isEqualTo(new WebhookSigner(SECRET)
                        .signature("msg_5f0c2a1b9d3e4f60_open", 1_795_161_660, request.body()));
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.text())
                .startsWith("{\"type\":\"lineage.alert.opened\",\"timestamp\":\"2026-11-20T08:01:00Z\",\"data\":{")
                .contains("\"model\":{\"registry\":\"internal\",\"name\":\"helios-7b\",\"version\":\"v4\"}")
                .contains("\"ancestor\":{\"id\":\"hub/quarry-ai/basalt-7b@main\",\"license\":\"cc-by-nc-4.0\"}");
    }

    @Test
    void webhookKeepsItsIdOverRetriesAndMakesANewTimestamp() {
        webhook(1_000).send(Alerts.notice(Alerts.alert()));
        webhook(2_000).send(Alerts.notice(Alerts.alert()));
        webhook(3_000).send(Alerts.notice(Alerts.alert().setState(AlertState.RESOLVED)));

        assertThat(receiver.requests())
                .extracting(request -> request.header("webhook-id"))
                .containsExactly(
                        "msg_5f0c2a1b9d3e4f60_open", "msg_5f0c2a1b9d3e4f60_open", "msg_5f0c2a1b9d3e4f60_resolved");
        assertThat(receiver.requests())
                .extracting(request -> request.header("webhook-timestamp"))
                .containsExactly("1000", "2000", "3000");
    }

    @Test
    void takesAnySuccessAsAccepted() {
        receiver.answers(204);

        assertThat(send()).isEqualTo(new Answer.Accepted(null));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 429, 408})
    void triesAgainLaterWhatMayPass(int status) {
        receiver.answers(status);

        assertThat(send()).isEqualTo(new Answer.Postponed(String.valueOf(status), null));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410})
    void neverTriesAgainWhatIsFinal(int status) {
        receiver.answers(status, Map.of(), "no_service");

        assertThat(send()).isEqualTo(new Answer.Refused(status + ": no_service"));
    }

    @Test
    void followsNoRedirect() {
        receiver.answers(302, Map.of("Location", receiver.url().toString()), "");

        assertThat(send()).isInstanceOf(Answer.Refused.class);
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void honoursRetryAfterInSeconds() {
        receiver.answers(429, Map.of("Retry-After", "30"), "");

        assertThat(send()).isEqualTo(new Answer.Postponed("429", Duration.ofSeconds(30)));
    }

    @Test
    void waitsNoLongerThanAnHourWhateverIsAskedFor() {
        receiver.answers(429, Map.of("Retry-After", "999999999"), "");

        assertThat(send()).isEqualTo(new Answer.Postponed("429", Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "99999999999999999999"})
    void ignoresARetryAfterThatIsNone(String value) {
        receiver.answers(503, Map.of("Retry-After", value), "");

        assertThat(send()).isEqualTo(new Answer.Postponed("503", null));
    }

    @Test
    void readsOnlyTheBeginningOfAnAnswer() {
        receiver.answers(400, Map.of(), "invalid\npayload ".repeat(100_000));

        assertThat(send())
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.detail())
                                .startsWith("400: invalid payload")
                                .hasSizeLessThan(140)
                                .doesNotContain("\n"));
    }

    @Test
    void givesUpOnAServerThatAcceptsAndSaysNothing() throws IOException {
        try (var silent = new ServerSocket(0)) {
            var slack = new Slack("s", ALL, Secret.of("http://127.0.0.1:" + silent.getLocalPort()), http);

            assertThat(slack.send(Alerts.notice(Alerts.alert()))).isInstanceOf(Answer.Postponed.class);
        }
    }

    @Test
    void saysNothingOfTheAddressWhenNobodyListens() {
        URI closed = receiver.url();
        receiver.close();

        Answer answer =
                new Slack("s", ALL, Secret.of(closed + "/T000/B000/XXXX"), http).send(Alerts.notice(Alerts.alert()));

        assertThat(answer).isEqualTo(new Answer.Postponed("no connection", null));
    }

    private Answer send() {
        return new Slack("s", ALL, Secret.of(receiver.url().toString()), http).send(Alerts.notice(Alerts.alert()));
    }

    private Channel webhook(long epochSecond) {
        return new Webhook(
                "w",
                ALL,
                receiver.url(),
                new WebhookSigner(SECRET),
                http,
                InstantSource.fixed(Instant.ofEpochSecond(epochSecond)));
    }
}
