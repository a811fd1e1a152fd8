package dev.forebear.ingest.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.ModelVersionId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;

/** Sends this service a signed announcement as a registry would send it, over HTTP like any other. */
public final class Trial {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI hook;
    private final Registration registration;
    private final InstantSource clock;

    /** @param hook where the registry posts to */
    public Trial(URI hook, Registration registration, InstantSource clock) {
        this.hook = hook;
        this.registration = registration;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param modelVersionId by which the announced version is known from now on, if it was taken
     * @param status of the answer
     * @param answer its body
     * @param millis from the request to the answer
     */
    public record Answered(String modelVersionId, int status, JsonNode answer, long millis) {}

    /**
     * Announces a version of a model.
     *
     * @throws IllegalArgumentException when the registration does not say enough for an announcement
     * @throws IOException when this service does not answer
     */
    public Answered announce(ModelVersionId id) throws IOException, InterruptedException {
        var sample = SignedSample.of(registration, id, clock.instant());
        var request = HttpRequest.newBuilder(hook).timeout(PATIENCE).POST(BodyPublishers.ofByteArray(sample.body()));
        sample.headers().forEach(request::header);
        long started = System.nanoTime();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
            return new Answered(sample.id().toString(), response.statusCode(), body(response), millis);
        }
    }

    private static JsonNode body(HttpResponse<byte[]> response) throws IOException {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
