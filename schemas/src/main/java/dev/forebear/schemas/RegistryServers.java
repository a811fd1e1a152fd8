package dev.forebear.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the servers of one registry. A server that fails is passed over for the next; when all have failed
 * they are asked again after a pause, as often as configured. A refusal is final.
 */
final class RegistryServers implements AutoCloseable {

    /** Far above any schema, far below what would hurt. */
    private static final long MAX_RESPONSE_BYTES = 8L << 20;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private static final int MAX_DOUBLINGS = 5;

    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SchemaRegistryConfig config;
    private final HttpClient http;
    private final AtomicInteger preferred = new AtomicInteger();

    RegistryServers(SchemaRegistryConfig config) {
        this.config = config;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.timeout());
        this.http = (config.tls() == null ? builder : builder.sslContext(config.tls())).build();
    }

    /**
     * Answer of the first server that has one.
     *
     * @param about what the request is about, for the message of a failure
     * @param body JSON, or null for none
     */
    JsonNode ask(String about, String method, String path, @Nullable JsonNode body) {
        int servers = config.urls().size();
        IOException last = new IOException("never asked");
        for (int asked = 0; asked < config.attempts() * servers; asked++) {
            int server = preferred.get();
            try {
                pauseBefore(asked, servers);
                return answer(about, config.urls().get(server), method, path, body);
            } catch (IOException e) {
                last = e;
                preferred.compareAndSet(server, (server + 1) % servers);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failed(about + ": interrupted while asking the schema registry", e);
            }
        }
        throw failed(
                about + ": no schema registry answered after " + config.attempts() + " attempts; the last: "
                        + last.getMessage(),
                last);
    }

    /** Throws {@link IOException} for what another server or another time may do better. */
    private JsonNode answer(String about, URI url, String method, String path, @Nullable JsonNode body)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = send(url, method, path, body);
        } catch (IOException e) {
            throw new IOException(url + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()), e);
        }
        int status = response.statusCode();
        if (isTransient(status)) {
            throw new IOException(url + ": " + status + " " + message(response));
        }
        JsonNode json = json(response.body());
        if (status / 100 == 2 && json != null) {
            return json;
        }
        if (status / 100 == 2) {
            throw failed(about + ": " + url + ": " + message(response), null);
        }
        int code = json == null ? status : json.path("error_code").asInt(status);
        throw new SchemaRegistryException(
                code, about + ": refused by " + url + " with " + code + ": " + message(response), null);
    }

    private HttpResponse<byte[]> send(URI url, String method, String path, @Nullable JsonNode body)
            throws IOException, InterruptedException {
        String base = url.toString().endsWith("/") ? url.toString() : url + "/";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(config.timeout())
                .header("Accept", CONTENT_TYPE + ", application/json");
        config.credentials().authorization().ifPresent(value -> request.header("Authorization", value));
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", CONTENT_TYPE)
                    .method(method, HttpRequest.BodyPublishers.ofString(body.toString()));
        }
        return http.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_RESPONSE_BYTES));
    }

    private static boolean isTransient(int status) {
        return status >= 500 || status == 429 || status == 408;
    }

    /** The registry's own words, or the beginning of whatever else came. */
    private static String message(HttpResponse<byte[]> response) {
        JsonNode json = json(response.body());
        String text = json != null && json.hasNonNull("message")
                ? json.get("message").asText()
                : "expected a registry's JSON, found " + response.body().length + " other bytes";
        return text.substring(0, Math.min(text.length(), 1_000)).replaceAll("\\s+", " ");
    }

    private static @Nullable JsonNode json(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json.isMissingNode() ? null : json;
        } catch (IOException e) {
            return null;
        }
    }

    private static void pauseBefore(int asked, int servers) throws InterruptedException {
        if (asked > 0 && asked % servers == 0) {
            Thread.sleep(FIRST_PAUSE.multipliedBy(1L << Math.min(asked / servers - 1, MAX_DOUBLINGS)));
        }
    }

    private static SchemaRegistryException failed(String message, @Nullable Throwable cause) {
        return new SchemaRegistryException(SchemaRegistryException.NO_CODE, message, cause);
    }

    @Override
    public void close() {
        http.close();
    }
}
