package dev.forebear.ingest.listing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A registry on loopback that sends no events at all: what it holds is found out by asking it, or not. */
final class TestRegistry implements AutoCloseable {

    private final HttpServer server;
    private final Answers answers;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile int failing = -1;
    private volatile Told failure = Told.status(500);

    /** What it holds, as its API tells it. */
    interface Answers {

        Told answer(Asked asked);
    }

    /**
     * A request.
     *
     * @param path decoded
     */
    record Asked(String method, String path, Map<String, String> query, Map<String, String> headers, String body) {

        String query(String name) {
            return query.getOrDefault(name, "");
        }

        int number(String name, int otherwise) {
            return query.containsKey(name) ? Integer.parseInt(query.get(name)) : otherwise;
        }

        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /** An answer. */
    record Told(int status, Map<String, String> headers, String body) {

        static Told json(String body) {
            return new Told(200, Map.of("Content-Type", "application/json"), body);
        }

        static Told status(int status) {
            return new Told(status, Map.of(), "{\"error\": \"" + status + "\"}");
        }

        Told with(String header, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(header, value);
            return new Told(status, more, body);
        }
    }

    private TestRegistry(HttpServer server, Answers answers) {
        this.server = server;
        this.answers = answers;
    }

    static TestRegistry start(Answers answers) {
        try {
            var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            var registry = new TestRegistry(server, answers);
            server.createContext("/", registry::handle);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Asked> asked() {
        return asked;
    }

    /** Answers the n-th request from now, counted from 0, with a failure. */
    void fail(int request, Told with) {
        failure = with;
        failing = asked.size() + request;
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        var request = new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query(exchange.getRequestURI().getRawQuery()),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        int number = asked.size();
        asked.add(request);
        Told told = number == failing ? failure : answers.answer(request);
        byte[] body = told.body().getBytes(StandardCharsets.UTF_8);
        told.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(told.status(), head || body.length == 0 ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] both = pair.split("=", 2);
            query.put(decoded(both[0]), both.length < 2 ? "" : decoded(both[1]));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
