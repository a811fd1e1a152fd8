package dev.forebear.worker;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** An MLflow server that gives one answer to where a model lies. */
final class TrackingServer implements AutoCloseable {

    private final HttpServer http;
    private volatile String location;

    TrackingServer(String location) throws IOException {
        this.location = location;
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/api/2.0/mlflow/model-versions/get-download-uri", exchange -> {
            byte[] answer = ("{\"artifact_uri\": \"" + this.location + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        http.start();
    }

    void says(String other) {
        location = other;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
