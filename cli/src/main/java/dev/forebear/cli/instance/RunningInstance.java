package dev.forebear.cli.instance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a running instance answers over HTTP. */
public final class RunningInstance implements AutoCloseable {

    /** Hundreds of registries with their refusals are far below. */
    private static final int MAX_ANSWER_BYTES = 8 << 20;

    /** A family of hundreds of thousands. */
    private static final int MAX_LARGE_ANSWER_BYTES = 512 << 20;

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MAX_LARGE_ANSWER_BYTES)
                    .build())
            .build());

    private final URI address;
    private final String option;
    private final @Nullable String token;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).build();

    /**
     * @param address such as {@code http://localhost:8080}, without a path
     * @param option by which the user may say another one
     * @param token to be let in with; null for none
     */
    public RunningInstance(URI address, String option, @Nullable String token) {
        this.address = address;
        this.option = option;
        this.token = token;
    }

    /**
     * The JSON at a path.
     *
     * @throws IOException when nobody answers, or otherwise than with 200
     */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return expected(path, send(request(path).build()));
    }

    /**
     * The JSON at a path that may lead to a great many things: they are handed out as they come in and left out of what
     * is returned.
     *
     * @param list field of the answer that holds them
     * @throws IOException when nobody answers, or otherwise than with 200
     */
    public JsonNode getLarge(String path, String list, Consumer<JsonNode> taker)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response = send(request(path).build());
        if (response.statusCode() != 200) {
            throw unexpected(path, "200", response);
        }
        try (JsonParser parser = JSON.createParser(response.body())) {
            return handOut(parser, list, taker);
        } catch (StreamConstraintsException e) {
            throw new IOException(address + ": " + e.getOriginalMessage(), e);
        } catch (JsonProcessingException e) {
            throw noJson(e);
        }
    }

    private static JsonNode handOut(JsonParser parser, String list, Consumer<JsonNode> taker) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new JsonParseException(parser, "expected an object");
        }
        ObjectNode rest = JSON.createObjectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            if (parser.nextToken() == JsonToken.START_ARRAY && field.equals(list)) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    taker.accept(JSON.readTree(parser));
                }
            } else {
                rest.set(field, JSON.readTree(parser));
            }
        }
        return rest;
    }

    /**
     * The JSON at a path; null when there is nothing at it yet.
     *
     * @throws IOException when nobody answers, or otherwise than with 200 or 404
     */
    public @Nullable JsonNode find(String path) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = send(request(path).build());
        return response.statusCode() == 404 ? null : expected(path, response);
    }

    /**
     * The answer to JSON that is posted.
     *
     * @throws IOException when nobody answers, or otherwise than with 200, 201 or 202
     */
    public JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        return expected(
                path,
                send(request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build()));
    }

    /**
     * Deletes what is at a path.
     *
     * @throws IOException when nobody answers, or otherwise than with 204
     */
    public void delete(String path) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = send(request(path).DELETE().build());
        try (InputStream ignored = response.body()) {
            if (response.statusCode() != 204) {
                throw unexpected(path, "204", response);
            }
        }
    }

    private JsonNode expected(String path, HttpResponse<InputStream> response) throws IOException {
        if (response.statusCode() != 200 && response.statusCode() != 201 && response.statusCode() != 202) {
            throw unexpected(path, "200", response);
        }
        return body(response);
    }

    private IOException unexpected(String path, String expected, HttpResponse<InputStream> response)
            throws IOException {
        String line = address.resolve(path) + ": expected status " + expected + ", found " + response.statusCode()
                + reason(response);
        boolean page = option.equals(PageAddress.OPTION);
        return new IOException(
                page && response.statusCode() == 401 ? line + "; " + CallerToken.HOW_TO_BE_LET_IN : line);
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(address.resolve(path)).timeout(ANSWER_WITHIN);
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new IOException(
                    address + ": expected a running instance, found none; " + option + " says where it is", e);
        }
    }

    private String reason(HttpResponse<InputStream> response) throws IOException {
        String problem = body(response).path("error").asText("");
        return problem.isEmpty() ? "" : ": " + problem;
    }

    private JsonNode body(HttpResponse<InputStream> response) throws IOException {
        try (InputStream in = response.body()) {
            byte[] bytes = in.readNBytes(MAX_ANSWER_BYTES + 1);
            if (bytes.length > MAX_ANSWER_BYTES) {
                throw new IOException(address + ": expected an answer of at most " + MAX_ANSWER_BYTES + " bytes");
            }
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw noJson(e);
        }
    }

    private IOException noJson(JsonProcessingException e) {
        return new IOException(address + ": expected JSON, found something else: is it an instance of Forebear?", e);
    }

    @Override
    public void close() {
        client.close();
    }
}
