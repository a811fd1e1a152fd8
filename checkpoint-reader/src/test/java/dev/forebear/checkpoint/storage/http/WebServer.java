package dev.forebear.checkpoint.storage.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A server on loopback that answers as a test says and remembers what it was asked. */
public final class WebServer implements AutoCloseable {

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();

    /** One answer. The exchange is closed afterwards. */
    public interface Page {

        void answer(HttpExchange exchange) throws IOException;
    }

    /** A request as it came. */
    public record Asked(String uri, @Nullable String authorization) {}

    private WebServer(HttpServer http) {
        this.http = http;
    }

    public static WebServer start(Page page) throws IOException {
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var server = new WebServer(http);
        http.setExecutor(server.threads);
        http.createContext("/", exchange -> {
            try (exchange) {
                server.asked.add(new Asked(
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders().getFirst("Authorization")));
                page.answer(exchange);
            }
        });
        http.start();
        return server;
    }

    public URI address() {
        return URI.create("http://" + authority());
    }

    /** {@code host:port}. */
    public String authority() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** Answers with the part that {@code Range} names, or with everything. */
    public static void ranged(HttpExchange exchange, byte[] content) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            send(exchange, 200, content);
            return;
        }
        String[] bounds = range.substring("bytes=".length()).split("-");
        int first = Integer.parseInt(bounds[0]);
        if (first >= content.length) {
            exchange.getResponseHeaders().add("Content-Range", "bytes */" + content.length);
            send(exchange, 416, new byte[0]);
            return;
        }
        int last = Math.min(Integer.parseInt(bounds[1]), content.length - 1);
        exchange.getResponseHeaders().add("Content-Range", "bytes " + first + "-" + last + "/" + content.length);
        send(exchange, 206, Arrays.copyOfRange(content, first, last + 1));
    }

    public static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    public static void json(HttpExchange exchange, String body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        send(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
    }

    public static void redirect(HttpExchange exchange, int status, String location) throws IOException {
        exchange.getResponseHeaders().add("Location", location);
        send(exchange, status, new byte[0]);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.close();
    }
}
