package dev.forebear.checkpoint.storage.oci;

import com.sun.net.httpserver.HttpExchange;
import dev.forebear.checkpoint.storage.http.Authorization;
import dev.forebear.checkpoint.storage.http.WebServer;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A registry with one repository, {@code models/helios}: hands out nothing without a token, tokens to one account only,
 * by another server, and its blobs by a third.
 */
final class RegistryServer implements AutoCloseable {

    static final Authorization ACCOUNT = Authorization.basic("puller", "hush");

    private static final String REPOSITORY = "/v2/models/helios/";

    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private final WebServer store = WebServer.start(this::store);
    private final WebServer authority = WebServer.start(this::authority);
    private final WebServer registry = WebServer.start(this::registry);
    private volatile String challenge;

    RegistryServer() throws IOException {
        challenge = "Bearer realm=\"" + authority.address()
                + "/token\",service=\"registry.example\",scope=\"repository:models/helios:pull,push\"";
    }

    WebServer registry() {
        return registry;
    }

    WebServer store() {
        return store;
    }

    WebServer authority() {
        return authority;
    }

    /** Pushes an image under a tag. */
    void push(String tag, Image image) {
        push(tag, image.manifest());
        blobs.putAll(image.blobs());
    }

    void push(String tag, byte[] manifest) {
        manifests.put(tag, manifest);
        manifests.put(Image.digest(manifest), manifest);
    }

    /** Puts other bytes under a digest. */
    void forge(String digest, byte[] content) {
        blobs.computeIfPresent(digest, (of, before) -> content);
        manifests.computeIfPresent(digest, (of, before) -> content);
    }

    void challenges(String header) {
        challenge = header;
    }

    /** Makes all tokens that were handed out worthless. */
    void expireTokens() {
        tokens.incrementAndGet();
    }

    private void authority(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        if (!ACCOUNT.header().equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            WebServer.send(exchange, 401, new byte[0]);
        } else if (!query.equals("service=registry.example&scope=repository:models/helios:pull")) {
            WebServer.send(exchange, 400, new byte[0]);
        } else {
            WebServer.json(exchange, "{\"token\": \"t" + tokens.get() + "\", \"expires_in\": 60}");
        }
    }

    private void registry(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String sent = exchange.getRequestHeaders().getFirst("Authorization");
        boolean basic = challenge.startsWith("Basic") && ACCOUNT.header().equals(sent);
        if (!basic && !("Bearer t" + tokens.get()).equals(sent)) {
            exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
            WebServer.send(exchange, 401, new byte[0]);
        } else if (path.startsWith(REPOSITORY + "manifests/")) {
            manifest(exchange, path.substring((REPOSITORY + "manifests/").length()));
        } else if (path.startsWith(REPOSITORY + "blobs/") && blobs.containsKey(blob(path))) {
            exchange.getResponseHeaders().add("Docker-Content-Digest", blob(path));
            WebServer.redirect(exchange, 307, store.address() + "/" + blob(path));
        } else {
            WebServer.send(exchange, 404, new byte[0]);
        }
    }

    private static String blob(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void manifest(HttpExchange exchange, String reference) throws IOException {
        byte[] manifest = manifests.get(reference);
        if (manifest == null
                || !String.valueOf(exchange.getRequestHeaders().getFirst("Accept"))
                        .contains("application/vnd.oci.image.manifest.v1+json")) {
            WebServer.send(exchange, 404, new byte[0]);
            return;
        }
        exchange.getResponseHeaders().add("Docker-Content-Digest", Image.digest(manifest));
        WebServer.send(exchange, 200, manifest);
    }

    private void store(HttpExchange exchange) throws IOException {
        if (exchange.getRequestHeaders().containsKey("Authorization")) {
            WebServer.send(exchange, 400, new byte[0]);
        } else {
            WebServer.ranged(exchange, blobs.get(blob(exchange.getRequestURI().getPath())));
        }
    }

    @Override
    public void close() {
        registry.close();
        authority.close();
        store.close();
    }
}
