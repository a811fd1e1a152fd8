package dev.forebear.checkpoint.storage.http;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.Backoff;
import dev.forebear.checkpoint.storage.Digest;
import dev.forebear.checkpoint.storage.ReadMeter;
import dev.forebear.checkpoint.storage.VerifiedSource;
import dev.forebear.checkpoint.storage.http.WebServer.Asked;
import dev.forebear.checkpoint.storage.http.WebServer.Page;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFileTest {

    private static final Backoff QUICK = new Backoff(3, Duration.ofMillis(1));
    private static final byte[] CONTENT = random(100_000);

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void closeServers() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    void readsRangesOfServersThatKnowThem() throws IOException {
        var server = server(exchange -> WebServer.ranged(exchange, CONTENT));
        assertThat(read(file(server, CONTENT.length), 500, 70)).isEqualTo(part(500, 70));
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void takesASmallFileWholeFromAServerThatIgnoresRanges() throws IOException {
        var server = server(exchange -> WebServer.send(exchange, 200, CONTENT));
        assertThat(read(file(server, CONTENT.length), 500, 70)).isEqualTo(part(500, 70));
        assertThat(read(file(server, CONTENT.length), 0, CONTENT.length)).isEqualTo(part(0, CONTENT.length));
    }

    @Test
    void refusesALargeFileOfAServerThatIgnoresRanges() throws IOException {
        byte[] large = new byte[(int) HttpFile.SMALL + 1];
        var server = server(exchange -> WebServer.send(exchange, 200, large));
        assertRefused(
                () -> read(file(server, large.length), 8, 10),
                Reason.REFUSED,
                "expected 10 bytes from 127.0.0.1, found all 8388609: it ignores ranges");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes 0-69/100000", "bytes 500-570/100000", "bytes 500-569", "items 500-569/100000", ""})
    void refusesBytesThatAreNotThoseThatWereAskedFor(String range) throws IOException {
        var server = server(exchange -> {
            exchange.getResponseHeaders().add("Content-Range", range);
            WebServer.send(exchange, 206, Arrays.copyOf(CONTENT, 70));
        });
        assertRefused(
                () -> read(file(server, CONTENT.length), 500, 70), Reason.REFUSED, "expected bytes 500-569, found");
    }

    @Test
    void noticesAnotherSize() throws IOException {
        var server = server(exchange -> WebServer.ranged(exchange, CONTENT));
        assertRefused(
                () -> read(file(server, CONTENT.length + 1), 500, 70),
                Reason.CHANGED,
                "expected 100001 bytes, found 100000");
        var whole = server(exchange -> WebServer.send(exchange, 200, CONTENT));
        assertRefused(
                () -> read(file(whole, CONTENT.length + 1), 500, 70),
                Reason.CHANGED,
                "expected 100001 bytes, found 100000");
    }

    @Test
    void readsAgainAfterAnAnswerBrokeOff() throws IOException {
        var answers = new AtomicInteger();
        var server = server(exchange -> breakOff(exchange, answers.incrementAndGet() < 3));
        assertThat(read(file(server, CONTENT.length), 500, 70)).isEqualTo(part(500, 70));
        assertThat(server.asked()).hasSize(3);
    }

    @Test
    void givesUpOnAServerWhoseAnswersAlwaysBreakOff() throws IOException {
        var server = server(exchange -> breakOff(exchange, true));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read(file(server, CONTENT.length), 500, 70))
                .isNotInstanceOf(CheckpointException.class)
                .withMessageContaining("file: no answer in 3 attempts");
    }

    private static void breakOff(HttpExchange exchange, boolean really) throws IOException {
        exchange.getResponseHeaders().add("Content-Range", "bytes 500-569/100000");
        exchange.sendResponseHeaders(206, 70);
        exchange.getResponseBody().write(CONTENT, 500, really ? 30 : 70);
        exchange.getResponseBody().flush();
    }

    @Test
    void refusesMoreBytesThanItAskedFor() throws IOException {
        var server = server(exchange -> {
            exchange.getResponseHeaders().add("Content-Range", "bytes 500-569/100000");
            exchange.sendResponseHeaders(206, 0);
            exchange.getResponseBody().write(CONTENT, 500, 71);
        });
        assertRefused(() -> read(file(server, CONTENT.length), 500, 70), Reason.REFUSED, "found more bytes");
    }

    @Test
    void noticesAnotherEntityTag() throws IOException {
        var answers = new AtomicInteger();
        var server = server(exchange -> {
            exchange.getResponseHeaders().add("ETag", "\"" + answers.incrementAndGet() / 3 + "\"");
            WebServer.ranged(exchange, CONTENT);
        });
        HttpFile file = file(server, CONTENT.length);
        read(file, 0, 10);
        read(file, 10, 10);
        assertRefused(() -> read(file, 20, 10), Reason.CHANGED, "expected ETag 0, found ETag 1");
    }

    @Test
    void refusesACompressedAnswer() throws IOException {
        var server = server(exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "br");
            WebServer.ranged(exchange, CONTENT);
        });
        assertRefused(() -> read(file(server, CONTENT.length), 0, 10), Reason.REFUSED, "found br");
    }

    @Test
    void waitsAsLongAsABusyServerAsks() throws IOException {
        var answers = new AtomicInteger();
        var server = server(exchange -> {
            if (answers.incrementAndGet() == 1) {
                exchange.getResponseHeaders().add("Retry-After", "0");
                WebServer.send(exchange, 429, new byte[0]);
            } else {
                WebServer.ranged(exchange, CONTENT);
            }
        });
        assertThat(read(file(server, CONTENT.length), 500, 70)).isEqualTo(part(500, 70));
        assertThat(answers).hasValue(2);
    }

    @Test
    void leavesAServerThatAsksForALongPauseToALaterAttempt() throws IOException {
        var server = server(exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "3600");
            WebServer.send(exchange, 429, new byte[0]);
        });
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read(file(server, CONTENT.length), 500, 70))
                .isNotInstanceOf(CheckpointException.class)
                .withMessageContaining("429 from 127.0.0.1");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void provesWhoAsksToNobodyButTheServerItself() throws IOException {
        var store = server(exchange -> WebServer.ranged(exchange, CONTENT));
        var server = server(exchange -> {
            if (exchange.getRequestURI().getPath().equals("/file")) {
                WebServer.redirect(exchange, 307, "/moved");
            } else {
                WebServer.redirect(exchange, 302, store.address() + "/signed?key=1");
            }
        });
        assertThat(read(file(server, CONTENT.length), 500, 70)).isEqualTo(part(500, 70));
        assertThat(server.asked()).containsExactly(new Asked("/file", "Bearer t"), new Asked("/moved", "Bearer t"));
        assertThat(store.asked()).containsExactly(new Asked("/signed?key=1", null));
    }

    @Test
    void asksAgainForASignedAddressThatExpired() throws IOException {
        var signatures = new AtomicInteger();
        var uses = new AtomicInteger();
        var store = server(exchange -> {
            boolean current = exchange.getRequestURI().getQuery().equals("signature=" + signatures.get());
            if (current && uses.incrementAndGet() <= 3) {
                WebServer.ranged(exchange, CONTENT);
            } else {
                WebServer.send(exchange, 403, "expired".getBytes());
            }
        });
        var server = server(exchange -> {
            uses.set(0);
            WebServer.redirect(exchange, 302, store.address() + "/?signature=" + signatures.incrementAndGet());
        });
        HttpFile file = file(server, CONTENT.length);
        for (int i = 0; i < 7; i++) {
            assertThat(read(file, i * 100, 70)).isEqualTo(part(i * 100, 70));
        }
        assertThat(server.asked()).hasSize(3);
        assertThat(store.asked()).hasSize(9);
    }

    @Test
    void refusesWhenAFreshAddressIsRefusedToo() throws IOException {
        var store = server(exchange -> WebServer.send(exchange, 403, new byte[0]));
        var server = server(exchange -> WebServer.redirect(exchange, 302, store.address() + "/?signature=secret"));
        assertRefused(() -> read(file(server, CONTENT.length), 0, 10), Reason.REFUSED, "found 403 from 127.0.0.1");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void followsNoEndOfRedirects() throws IOException {
        var server = server(exchange -> WebServer.redirect(exchange, 302, "/file?again"));
        assertRefused(() -> read(file(server, CONTENT.length), 0, 10), Reason.REFUSED, "at most 5 redirects");
        assertThat(server.asked()).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/passwd", "ftp://example.org/", "http://169.254.169.254/latest", "http://a:b@h/"})
    void followsNoRedirectThatLeadsAstray(String location) throws IOException {
        var server = server(exchange -> WebServer.redirect(exchange, 302, location));
        assertRefused(() -> read(file(server, CONTENT.length), 0, 10), Reason.REFUSED, "redirect: expected");
    }

    @Test
    void followsNoRedirectToNowhere() throws IOException {
        var server = server(exchange -> WebServer.send(exchange, 302, new byte[0]));
        assertRefused(() -> read(file(server, CONTENT.length), 0, 10), Reason.REFUSED, "redirect: expected");
    }

    @Test
    void holdsWhatWasReadWholeAgainstItsDigest() throws IOException {
        var server = server(exchange -> WebServer.ranged(exchange, CONTENT));
        Digest right = Digest.of(Digest.Algorithm.SHA256, CONTENT);
        Digest wrong = Digest.of(Digest.Algorithm.SHA256, new byte[1]);
        HttpFile file = file(server, CONTENT.length);
        assertThat(new VerifiedSource(file, right).readAll(CONTENT.length)).isEqualTo(CONTENT);
        assertRefused(
                () -> new VerifiedSource(file, wrong).readAll(CONTENT.length),
                Reason.CHANGED,
                "expected the digest " + wrong + ", found " + right);
    }

    private WebServer server(Page page) throws IOException {
        var server = WebServer.start(page);
        open.addFirst(server);
        return server;
    }

    private HttpFile file(WebServer server, long size) {
        HttpUrl endpoint = HttpUrl.get(server.address());
        var requests = new HttpRequests(
                "place", endpoint, Login.of(Authorization.bearer("t")), Meaning::standard, QUICK, new ReadMeter());
        open.addFirst(requests);
        return new HttpFile("file", endpoint.resolve("/file"), size, HttpFile.Identity.ANY, requests);
    }

    private static ByteBuffer read(HttpFile file, long offset, int length) throws IOException {
        var target = ByteBuffer.allocate(length);
        file.read(offset, target);
        return target.flip();
    }

    private static ByteBuffer part(int offset, int length) {
        return ByteBuffer.wrap(CONTENT, offset, length);
    }

    private static byte[] random(int size) {
        var content = new byte[size];
        new Random(3).nextBytes(content);
        return content;
    }
}
