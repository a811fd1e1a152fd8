package dev.forebear.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.forebear.ingest.listing.ListingException;
import dev.forebear.ingest.publication.NotStoredException;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.ingest.registration.Sources;
import dev.forebear.ingest.registration.SqsSource;
import dev.forebear.ingest.sender.Outcome.PutAside;
import dev.forebear.ingest.sender.Sample;
import dev.forebear.ingest.sender.Webhook;
import dev.forebear.runtime.Metrics;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.DeadLetters;
import dev.forebear.schemas.wire.DeadLetter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages of a queue; every test has a server of its own, on which no poll of another one waits. */
class SqsEventsTest {

    private static final InstantSource CLOCK = () -> Sample.TIME;

    private final Metrics metrics = new Metrics("test");
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private TestQueue queue;

    @BeforeEach
    void startQueue() throws Exception {
        queue = TestQueue.start();
    }

    @AfterEach
    void stopQueue() throws Exception {
        assertThat(queue.size()).isZero();
        queue.close();
        metrics.close();
    }

    @Test
    void deletesEveryMessageThatIsTaken() throws Exception {
        List<String> sent = IntStream.range(0, 25).mapToObj(i -> "event ü " + i).toList();
        for (String body : sent) {
            send(body);
        }

        try (var sources = start(this::take)) {
            await().until(() -> queue.size() == 0);
        }

        assertThat(taken).containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    void keepsAMessageInTheQueueUntilItIsStored() throws Exception {
        send("a");
        try (var events = events((alias, event, letters) -> {
            throw new NotStoredException("away", null);
        })) {
            assertThatThrownBy(events::fetch).isInstanceOf(NotStoredException.class);
            assertThatThrownBy(events::fetch).isInstanceOf(NotStoredException.class);
        }
        assertThat(queue.size()).isEqualTo(1);

        // As after a kill: another process gets it when nobody has deleted it for a while.
        try (var next = start(this::take)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> queue.size() == 0);
        }

        assertThat(taken).containsExactly("a");
    }

    @Test
    void keepsWhatExceedsTheRate() throws Exception {
        send("a");
        try (var events = events((alias, event, letters) -> taken.isEmpty() ? Duration.ofSeconds(7) : Duration.ZERO)) {
            assertThat(events.fetch()).isEqualTo(Duration.ofSeconds(7));
            assertThat(queue.size()).isEqualTo(1);
            taken.add("room");

            assertThat(events.fetch()).isZero();
        }
    }

    @Test
    void saysWhatIsWrongWithAQueueThatIsNotThere() {
        SqsSource other = queue.source();
        var absent = new SqsSource(
                URI.create(other.url() + "-absent"),
                other.region(),
                other.accessKey(),
                other.secretKey(),
                other.endpoint());

        try (var events = new SqsEvents("lake", absent, this::take, new DeadLetters("test", CLOCK), CLOCK)) {
            assertThatThrownBy(events::fetch)
                    .isInstanceOf(ListingException.class)
                    .hasMessageContaining("lake: ReceiveMessage: expected an answer, found 400")
                    .hasMessageContaining("QueueDoesNotExist");
        }
    }

    @Test
    void signsWhatItAsks() throws Exception {
        List<String> signatures = new CopyOnWriteArrayList<>();
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            signatures.add(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/1234/models");
        var source = new SqsSource(
                address, "eu-central-1", Secret.of("AKIDEXAMPLE"), Secret.of("secret"), address.resolve("/"));

        try (var events = new SqsEvents("lake", source, this::take, new DeadLetters("test", CLOCK), CLOCK)) {
            assertThat(events.fetch()).isZero();
        } finally {
            server.stop(0);
        }

        assertThat(signatures)
                .singleElement()
                .asString()
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261120/eu-central-1/sqs/aws4_request, "
                        + "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=");
    }

    private Duration take(String alias, Webhook event, Function<PutAside, DeadLetter> letters) {
        taken.add(new String(event.body(), StandardCharsets.UTF_8));
        return Duration.ZERO;
    }

    private SqsEvents events(Intake intake) {
        return new SqsEvents("lake", queue.source(), intake, new DeadLetters("test", CLOCK), CLOCK);
    }

    private EventSources start(Intake intake) {
        Registration lake = Registration.open("lake", RegistryKind.S3).fetchedFrom(Sources.only(queue.source()));
        return EventSources.start(List.of(lake), intake, new DeadLetters("test", CLOCK), CLOCK, metrics);
    }

    private void send(String body) throws Exception {
        queue.send(body.getBytes(StandardCharsets.UTF_8));
    }
}
