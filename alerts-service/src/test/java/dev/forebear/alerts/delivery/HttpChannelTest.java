package dev.forebear.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.forebear.alerts.Receiver;
import dev.forebear.alerts.Receiver.Request;
import dev.forebear.runtime.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpChannelTest {

    private static final Secret SECRET = Secret.of("whsec_m5WQVds3LX/JjlSgclm0LRRkB+LZCabS");
    private static final Terms TERMS = Terms.standard("w");

    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final HttpPost http = new HttpPost(TIMEOUT);
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
        webhook(1_795_161_660).send(Alerts.message(Alerts.alert()));

        Request request = receiver.requests().getFirst();
        assertThat(request.header("webhook-id")).isEqualTo("ms_5f0c2a1b9d3e4f605f0c2a1b");
        assertThat(request.header("webhook-timestamp")).isEqualTo("1795161660");
        assertThat(request.header("webhook-signature"))
                .isEqualTo(new WebhookSigner(SECRET)
                        .signature("ms_5f0c2a1b9d3e4f605f0c2a1b", 1_795_161_660, request.body()));
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.text())
                .startsWith("{\"type\":\"alert.opened\",\"timestamp\":\"2026-11-20T08:01:10Z\",\"data\":{")
                .contains("\"derivedVersionId\":\"internal/helios-7b@v4\"")
                .contains("\"baseVersionId\":\"hub/quarry-ai/basalt-7b@main\",\"baseLicence\":\"cc-by-nc-4.0\"");
    }

    @Test
    void webhookKeepsItsIdOverRetriesAndMakesANewTimestamp() {
        webhook(1_000).send(Alerts.message(Alerts.alert()));
        webhook(2_000).send(Alerts.message(Alerts.alert()));

        assertThat(receiver.requests())
                .extracting(request -> request.header("webhook-id"))
                .containsOnly("ms_5f0c2a1b9d3e4f605f0c2a1b");
        assertThat(receiver.requests())
                .extracting(request -> request.header("webhook-timestamp"))
                .containsExactly("1000", "2000");
    }

    @Test
    void webhookIsAcceptedByTheVerifierOfTheSpecification() throws Exception {
        webhook(Instant.now().getEpochSecond()).send(Alerts.message(Alerts.alert()));

        Request request = receiver.requests().getFirst();
        var verifier = new com.standardwebhooks.Webhook(SECRET.reveal());
        HttpHeaders headers = HttpHeaders.of(request.headers(), (name, value) -> true);
        assertThatNoException().isThrownBy(() -> verifier.verify(request.text(), headers));
        assertThatThrownBy(() -> verifier.verify(request.text() + " ", headers))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void webhookIsUnderTwentyKilobytesWhateverTheNames() {
        for (int count : new int[] {1, 2, 10, 10_000}) {
            webhook(1_000).send(Alerts.message(Message.Kind.OPENED, Alerts.hostile(count), null));
        }

        assertThat(receiver.requests())
                .hasSize(4)
                .allSatisfy(request -> assertThat(request.body()).hasSizeLessThan(20_000));
        assertThat(receiver.requests().getLast().text()).contains("\"total\":10000");
    }

    @Test
    void webhookSaysThatItsReceiverWantsNoMore() {
        receiver.answers(410, Map.of(), "gone");

        assertThat(webhook(1_000).send(Alerts.message(Alerts.alert())))
                .isEqualTo(new Answer.Gone(410, "410: gone; nothing more is sent before the next start"));
    }

    @Test
    void webhookSendsNothingToAPrivateAddressUnlessItIsAllowed() {
        var webhook = new Webhook(
                TERMS, receiver.url(), new WebhookSigner(SECRET), HttpPost.toThePublic(TIMEOUT), Instant::now);

        assertThat(webhook.send(Alerts.message(Alerts.alert())))
                .isEqualTo(new Answer.Refused(null, "a private address, which 'private-addresses: true' would allow"));
        assertThat(receiver.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, true",
        "2600:9000::1, true",
        "127.0.0.1, false",
        "10.1.2.3, false",
        "172.16.0.1, false",
        "192.168.1.1, false",
        "100.64.0.1, false",
        "169.254.169.254, false",
        "0.0.0.0, false",
        "::1, false",
        "fd12::1, false",
        "fe80::1, false",
        "::ffff:192.168.1.1, false",
        "64:ff9b::a00:7, false",
        "2002:a00:7::1, false",
        "2001::1, false"
    })
    void knowsWhichAddressesArePublic(String address, boolean isPublic) throws Exception {
        assertThat(PublicPeers.isPublic(InetAddress.getByName(address))).isEqualTo(isPublic);
    }

    @Test
    void takesAnySuccessAsAccepted() {
        receiver.answers(204);

        assertThat(send()).isEqualTo(new Answer.Accepted(204, null, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 429, 408})
    void triesAgainLaterWhatMayPass(int status) {
        receiver.answers(status);

        assertThat(send()).isEqualTo(new Answer.Postponed(status, String.valueOf(status), null));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410})
    void neverTriesAgainWhatIsFinal(int status) {
        receiver.answers(status, Map.of(), "no_service");

        assertThat(send()).isEqualTo(new Answer.Refused(status, status + ": no_service"));
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

        assertThat(send()).isEqualTo(new Answer.Postponed(429, "429", Duration.ofSeconds(30)));
    }

    @Test
    void sendsOnceThoughToldToWaitForNoTime() {
        receiver.answers(503, Map.of("Retry-After", "0"), "");

        assertThat(send()).isEqualTo(new Answer.Postponed(503, "503", Duration.ZERO));
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void waitsNoLongerThanAnHourWhateverIsAskedFor() {
        receiver.answers(429, Map.of("Retry-After", "999999999"), "");

        assertThat(send()).isEqualTo(new Answer.Postponed(429, "429", Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "99999999999999999999"})
    void ignoresARetryAfterThatIsNone(String value) {
        receiver.answers(503, Map.of("Retry-After", value), "");

        assertThat(send()).isEqualTo(new Answer.Postponed(503, "503", null));
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
    void keepsAddressesAndTokensThatAnAnswerRepeatsToItself() {
        receiver.answers(
                404,
                Map.of(),
                "no https://hooks.slack.com/services/T0/B0/X for ana@example.com with"
                        + " xoxb-0123456789-0123456789-abcdef");

        assertThat(send()).isEqualTo(new Answer.Refused(404, "404: no [hidden] for [hidden] with [hidden]"));
    }

    @Test
    void givesUpOnAServerThatAcceptsAndSaysNothing() throws IOException {
        try (var silent = new ServerSocket(0)) {
            var slack = new SlackWebhook(TERMS, Secret.of("http://127.0.0.1:" + silent.getLocalPort()), http);

            assertThat(slack.send(Alerts.message(Alerts.alert()))).isInstanceOf(Answer.Postponed.class);
        }
    }

    @Test
    void saysNothingOfTheAddressWhenNobodyListens() {
        URI closed = receiver.url();
        receiver.close();

        Answer answer = new SlackWebhook(TERMS, Secret.of(closed + "/T000/B000/XXXX"), http)
                .send(Alerts.message(Alerts.alert()));

        assertThat(answer).isEqualTo(new Answer.Postponed(null, "no connection", null));
    }

    private Answer send() {
        return new SlackWebhook(TERMS, Secret.of(receiver.url().toString()), http).send(Alerts.message(Alerts.alert()));
    }

    private Channel webhook(long epochSecond) {
        return new Webhook(
                TERMS,
                receiver.url(),
                new WebhookSigner(SECRET),
                http,
                InstantSource.fixed(Instant.ofEpochSecond(epochSecond)));
    }
}
