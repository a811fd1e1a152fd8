package dev.forebear.checkpoint.storage.mlflow;

import com.sun.net.httpserver.HttpExchange;
import dev.forebear.checkpoint.storage.http.Authorization;
import dev.forebear.checkpoint.storage.http.WebServer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** An MLflow server: answers that a test gives it, and artifacts that it hands out, one folder listed at a time. */
final class TrackingServer implements AutoCloseable {

    private static final String REST = "/api/2.0/mlflow";
    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts";

    private final Map<String, byte[]> files = new ConcurrentSkipListMap<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Authorization account;
    private final WebServer server = WebServer.start(this::answer);
    private volatile boolean ranges = true;
    private volatile String listing = "";

    TrackingServer(Authorization account) throws IOException {
        this.account = account;
    }

    URI address() {
        return server.address();
    }

    void put(String path, byte[] content) {
        files.put(path, content);
    }

    void answers(String question, String json) {
        answers.put(REST + question, json);
    }

    void ignoresRanges() {
        ranges = false;
    }

    /** From now on, every folder is said to hold this. */
    void lists(String json) {
        listing = json;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!account.header().equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            WebServer.send(exchange, 401, new byte[0]);
        } else if (path.equals(ARTIFACTS)) {
            WebServer.json(exchange, "{\"files\": " + (listing.isEmpty() ? folder(exchange) : listing) + "}");
        } else if (path.startsWith(ARTIFACTS)) {
            byte[] content = files.get(path.substring(ARTIFACTS.length() + 1));
            if (ranges) {
                WebServer.ranged(exchange, content);
            } else {
                WebServer.send(exchange, 200, content);
            }
        } else {
            String answer = answers.get(exchange.getRequestURI().toString());
            if (answer == null) {
                WebServer.send(exchange, 404, "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\"}".getBytes());
            } else {
                WebServer.json(exchange, answer);
            }
        }
    }

    private String folder(HttpExchange exchange) {
        String folder = exchange.getRequestURI().getQuery().substring("path=".length()) + "/";
        var entries = new TreeMap<String, String>();
        files.forEach((path, content) -> {
            if (path.startsWith(folder)) {
                String rest = path.substring(folder.length());
                boolean below = rest.contains("/");
                String name = below ? rest.substring(0, rest.indexOf('/')) : rest;
                entries.put(
                        name,
                        "{\"path\": \"%s\", \"is_dir\": %s, \"file_size\": \"%d\"}"
                                .formatted(name, below, content.length));
            }
        });
        return entries.values().toString();
    }

    @Override
    public void close() {
        server.close();
    }
}
