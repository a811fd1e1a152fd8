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
 * Sends requests to the servers of one registry. A server that fails is passed over for the next; when all have
 * failed they are asked again after a pause, as often as configured. A refusal is final.
 */
final class RegistryServers implements AutoCloseable {

    /** Far above any schema, far below what would hurt. */
    private static final long MAX_RESPONSE_BYTES = 8L << 20;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

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
        String failure = "";
        Throwable cause = null;
        for (int attempt = 0; attempt < config.attempts(); attempt++) {
            pauseBefore(about, attempt);
            for (int i = 0; i < config.urls().size(); i++) {
                int server = preferred.get();
                URI url = config.urls().get(server);
                try {
                    HttpResponse<byte[]> response = send(url, method, path, body);
                    if (!isTransient(response.statusCode())) {
                        return answer(about, url, response);
                    }
                    failure = url + ": " + response.statusCode() + " " + message(response);
                } catch (IOException e) {
                    failure = url + ": " + (e.getMessage() == null ? e.toString() : e.getMessage());
                    cause = e;
                } catch (InterruptedException e) {
                    throw interrupted(about, e);
                }
                preferred.compareAndSet(server, (server + 1) % config.urls().size());
            }
        }
        throw new SchemaRegistryException(
                SchemaRegistryException.NO_CODE,
                about + ": no schema registry answered after " + config.attempts() + " attempts; the last: " + failure,
                cause);
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

    private static JsonNode answer(String about, URI url, HttpResponse<byte[]> response) {
        JsonNode json = json(response.body());
        if (response.statusCode() / 100 == 2 && json != null) {
            return json;
        }
        int code = json == null ? response.statusCode() : json.path("error_code").asInt(response.statusCode());
        throw new SchemaRegistryException(
                code, about + ": " + url + " answered " + code + ": " + message(response), null);
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

    private static void pauseBefore(String about, int attempt) {
        if (attempt == 0) {
            return;
        }
        try {
            Thread.sleep(FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 5)));
        } catch (InterruptedException e) {
            throw interrupted(about, e);
        }
    }

    private static SchemaRegistryException interrupted(String about, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new SchemaRegistryException(
                SchemaRegistryException.NO_CODE, about + ": interrupted while asking the schema registry", e);
    }

    @Override
    public void close() {
        http.close();
    }
}
