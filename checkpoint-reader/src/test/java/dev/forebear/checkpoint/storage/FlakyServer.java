package dev.forebear.checkpoint.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.forebear.checkpoint.storage.S3Access.SecretKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** An S3 server with one object, whose first answers to GET fail: by an error, and by an end before the end. */
final class FlakyServer implements AutoCloseable {

    private final HttpServer http;
    private final byte[] content;
    private final int failures;
    private final Manner manner;
    private final AtomicInteger gets = new AtomicInteger();

    private enum Manner {
        BY_RANGE,
        ENDING_EARLY,
        WHOLE,
        /** In chunks, so that nobody knows how much comes. */
        WHOLE_WITHOUT_LENGTH
    }

    private FlakyServer(HttpServer http, byte[] content, int failures, Manner manner) {
        this.http = http;
        this.content = content;
        this.failures = failures;
        this.manner = manner;
    }

    static FlakyServer start(byte[] content, int failures) throws IOException {
        return start(content, failures, Manner.BY_RANGE);
    }

    /** A server that answers every request with the whole object. */
    static FlakyServer withoutRanges(byte[] content) throws IOException {
        return start(content, 0, Manner.WHOLE);
    }

    static FlakyServer withoutRangesAndLength(byte[] content) throws IOException {
        return start(content, 0, Manner.WHOLE_WITHOUT_LENGTH);
    }

    /** A server whose every answer breaks off in the middle. */
    static FlakyServer endingEarly(byte[] content) throws IOException {
        return start(content, 0, Manner.ENDING_EARLY);
    }

    private static FlakyServer start(byte[] content, int failures, Manner manner) throws IOException {
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var server = new FlakyServer(http, content, failures, manner);
        http.createContext("/", server::answer);
        http.start();
        return server;
    }

    S3Access access() {
        return new S3Access(
                URI.create("http://127.0.0.1:" + http.getAddress().getPort()), "key", new SecretKey("s"), "us-east-1");
    }

    int gets() {
        return gets.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().add("ETag", "\"revision\"");
            exchange.getResponseHeaders().add("Last-Modified", "Fri, 20 Nov 2026 10:00:00 GMT");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().add("Content-Length", "" + content.length);
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            int get = gets.incrementAndGet();
            if (get % 2 == 1 && get <= failures) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            if (manner == Manner.WHOLE || manner == Manner.WHOLE_WITHOUT_LENGTH) {
                exchange.sendResponseHeaders(200, manner == Manner.WHOLE ? content.length : 0);
                exchange.getResponseBody().write(content);
                return;
            }
            String[] range = exchange.getRequestHeaders()
                    .getFirst("Range")
                    .substring("bytes=".length())
                    .split("-");
            byte[] part = Arrays.copyOfRange(content, Integer.parseInt(range[0]), Integer.parseInt(range[1]) + 1);
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + range[0] + "-" + range[1] + "/" + content.length);
            exchange.sendResponseHeaders(206, part.length);
            int sent = get <= failures || manner == Manner.ENDING_EARLY ? part.length / 2 : part.length;
            exchange.getResponseBody().write(part, 0, sent);
            exchange.getResponseBody().flush();
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
