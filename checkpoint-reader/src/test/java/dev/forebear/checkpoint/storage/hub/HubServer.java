package dev.forebear.checkpoint.storage.hub;

import com.sun.net.httpserver.HttpExchange;
import dev.forebear.checkpoint.storage.Digest;
import dev.forebear.checkpoint.storage.Digest.Algorithm;
import dev.forebear.checkpoint.storage.http.WebServer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A hub with one private repository, {@code org/model}, that keeps to the protocol: pages of two entries, large files
 * in a second server behind addresses with a signature, and a token without which it knows nothing.
 */
final class HubServer implements AutoCloseable {

    static final String TOKEN = "hf_0123456789";
    static final String SHA = "2b38059c1bba49d51be5ee2cff9cc011a7effa68";

    private static final int PAGE = 2;

    private final Map<String, byte[]> files = new ConcurrentSkipListMap<>();
    private final Set<String> large = ConcurrentHashMap.newKeySet();
    private final Map<String, String> headers = new ConcurrentHashMap<>();
    private final AtomicInteger signature = new AtomicInteger();
    private final WebServer store = WebServer.start(this::store);
    private final WebServer hub = WebServer.start(this::hub);
    private volatile String nextPage = "";
    private volatile String refusal = "";

    HubServer() throws IOException {}

    URI address() {
        return hub.address();
    }

    WebServer hub() {
        return hub;
    }

    WebServer store() {
        return store;
    }

    void put(String path, byte[] content) {
        files.put(path, content);
    }

    void putLarge(String path, byte[] content) {
        put(path, content);
        large.add(path);
    }

    /** From now on, answers about files bear this header as well. */
    void lies(String header, String value) {
        headers.put(header, value);
    }

    /** From now on, the next page of a listing is said to be there. */
    void pagesAt(String address) {
        nextPage = address;
    }

    /** From now on, everything is refused for that reason. */
    void refuses(String code) {
        refusal = code;
    }

    /** Makes all signed addresses that were handed out worthless. */
    void expireSignatures() {
        signature.incrementAndGet();
    }

    private void hub(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!refusal.isEmpty()) {
            exchange.getResponseHeaders().add("X-Error-Code", refusal);
            WebServer.send(exchange, refusal.equals("GatedRepo") ? 403 : 404, new byte[0]);
        } else if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders().add("X-Error-Code", "RepoNotFound");
            WebServer.send(exchange, 401, new byte[0]);
        } else if (path.equals("/api/models/org/model/revision/main")
                || path.equals("/api/models/org/model/revision/refs/pr/3")) {
            WebServer.json(exchange, "{\"id\": \"org/model\", \"sha\": \"" + SHA + "\", \"private\": true}");
        } else if (path.equals("/api/models/org/model/tree/" + SHA)) {
            tree(exchange);
        } else if (path.startsWith("/org/model/resolve/" + SHA + "/")) {
            file(exchange, path.substring(("/org/model/resolve/" + SHA + "/").length()));
        } else {
            exchange.getResponseHeaders().add("X-Error-Code", "RevisionNotFound");
            WebServer.send(exchange, 404, new byte[0]);
        }
    }

    private void tree(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        int from = query.contains("cursor=") ? Integer.parseInt(query.replaceAll(".*cursor=", "")) : 0;
        var paths = new ArrayList<>(files.keySet());
        int to = Math.min(from + PAGE, paths.size());
        List<String> entries = new ArrayList<>(List.of("{\"type\": \"directory\", \"path\": \"sub\", \"size\": 0}"));
        for (String path : paths.subList(Math.min(from, to), to)) {
            entries.add(entry(path));
        }
        if (to < paths.size()) {
            String next = nextPage.isEmpty()
                    ? hub.address() + exchange.getRequestURI().getPath() + "?recursive=true&cursor=" + to
                    : nextPage;
            exchange.getResponseHeaders().add("Link", "<" + next + ">; rel=\"next\"");
        }
        WebServer.json(exchange, entries.toString());
    }

    private String entry(String path) {
        byte[] content = files.get(path);
        String oid = Digest.of(Algorithm.GIT_BLOB, content).hex();
        String lfs = ", \"lfs\": {\"oid\": \"%s\", \"size\": %d, \"pointerSize\": 130}"
                .formatted(Digest.of(Algorithm.SHA256, content).hex(), content.length);
        return "{\"type\": \"file\", \"path\": \"%s\", \"oid\": \"%s\", \"size\": %d%s}"
                .formatted(path.replace("\\", "\\\\"), oid, content.length, large.contains(path) ? lfs : "");
    }

    private void file(HttpExchange exchange, String path) throws IOException {
        byte[] content = files.get(path);
        var said = new TreeMap<>(Map.of("X-Repo-Commit", SHA));
        if (large.contains(path)) {
            said.put(
                    "X-Linked-ETag", "\"" + Digest.of(Algorithm.SHA256, content).hex() + "\"");
            said.put("X-Linked-Size", Integer.toString(content.length));
        } else {
            said.put("ETag", "\"" + Digest.of(Algorithm.GIT_BLOB, content).hex() + "\"");
        }
        said.putAll(headers);
        said.forEach((header, value) -> exchange.getResponseHeaders().set(header, value));
        if (large.contains(path)) {
            WebServer.redirect(exchange, 302, store.address() + "/" + path + "?signature=" + signature.get());
        } else {
            WebServer.ranged(exchange, content);
        }
    }

    private void store(HttpExchange exchange) throws IOException {
        boolean signed = exchange.getRequestURI().getQuery().equals("signature=" + signature.get());
        if (!signed || exchange.getRequestHeaders().containsKey("Authorization")) {
            WebServer.send(exchange, 403, new byte[0]);
        } else {
            WebServer.ranged(
                    exchange, files.get(exchange.getRequestURI().getPath().substring(1)));
        }
    }

    @Override
    public void close() {
        hub.close();
        store.close();
    }
}
