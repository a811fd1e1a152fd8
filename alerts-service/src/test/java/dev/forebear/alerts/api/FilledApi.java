package dev.forebear.alerts.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.alerts.Counting;
import dev.forebear.alerts.PolicySource;
import dev.forebear.alerts.Wire;
import dev.forebear.alerts.access.AccessConfig;
import dev.forebear.alerts.access.AccessControl;
import dev.forebear.alerts.access.AcknowledgedWriter;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.alerts.readmodel.FollowedReadModel;
import dev.forebear.alerts.readmodel.Records;
import dev.forebear.runtime.HttpListener;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.runtime.Metrics;
import dev.forebear.runtime.ResourceStack;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.WireConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.specific.SpecificRecord;

/** The API over a read model that follows filled topics, in which everybody is an admin. */
final class FilledApi implements AutoCloseable {

    private final ResourceStack resources = new ResourceStack();
    private final Wire broker;
    private final WireConfig wire;
    private final FollowedReadModel model;
    private final HttpListener listener;
    private final HttpClient client;
    private final Set<String> routes = new TreeSet<>();

    private FilledApi(Path data) throws Exception {
        broker = resources.add(new Wire(data.resolve("platform")));
        wire = broker.create("api.");
        FilledTopics.fill(broker, wire);
        model = resources.add(FollowedReadModel.open(broker, wire, data));
        model.catchUp();
        var records = resources.add(new Records(wire.kafka(), broker.schemas()));
        var control = resources.add(AccessControl.start(
                AccessConfig.open(), wire.kafka(), broker.schemas(), model.model(), model.follower(), this::uri));
        var writer = resources.add(new AcknowledgedWriter(wire.kafka(), broker.schemas()));
        InstantSource clock = InstantSource.system();
        var api = new ApiRoutes(new ApiRoutes.Surroundings(
                model.model(),
                records,
                control.access(),
                control.audit(),
                writer,
                PolicySource.of(PolicyFile.standard()),
                new Counting(wire.kafka(), broker.schemas(), model.model(), clock),
                () -> null,
                clock));
        var metrics = resources.add(new Metrics("test"));
        listener = resources.add(HttpListener.start(
                ListenAddress.anyLoopbackPort(), HttpListener.DEFAULT_MAX_REQUEST_BYTES, metrics, List.of(), config -> {
                    config.events.handlerAdded(
                            handler -> routes.add(handler.getHttpMethod().name() + " " + handler.getPath()));
                    control.routes().addTo(config);
                    api.addTo(config);
                }));
        client = resources.add(HttpClient.newHttpClient());
    }

    static FilledApi start(Path data) throws Exception {
        return new FilledApi(data);
    }

    private URI uri() {
        return listener.uri();
    }

    /** Methods and paths of all routes. */
    Set<String> routes() {
        return routes;
    }

    /** Writes a record and returns when the API knows of it. */
    <V extends SpecificRecord> void write(Topic<V> topic, String key, V value) throws Exception {
        model.write(topic, key, value);
    }

    /** Everything that a topic holds now. */
    <V extends SpecificRecord> List<V> written(Topic<V> topic) {
        return broker.read(wire, topic);
    }

    /** Listens to the events until it is closed. */
    Events listen() {
        HttpRequest request = HttpRequest.newBuilder(listener.uri().resolve(ApiRoutes.ROOT + "/events"))
                .header("Accept", "text/event-stream")
                .build();
        List<String> heard = new CopyOnWriteArrayList<>();
        var answer = client.sendAsync(request, HttpResponse.BodyHandlers.ofLines())
                .thenAccept(response -> response.body().forEach(heard::add));
        return new Events(heard, answer);
    }

    /** Lines that were heard. */
    record Events(List<String> heard, CompletableFuture<Void> answer) implements AutoCloseable {

        @Override
        public void close() {
            answer.cancel(true);
        }
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(listener.uri().resolve(ApiRoutes.ROOT + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<String> post(String path, String body) {
        return send(HttpRequest.newBuilder(listener.uri().resolve(ApiRoutes.ROOT + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    HttpResponse<String> delete(String path) {
        return send(HttpRequest.newBuilder(listener.uri().resolve(ApiRoutes.ROOT + path))
                .DELETE()
                .build());
    }

    JsonNode json(String path) {
        return json(get(path));
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(response.body(), e);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        resources.close();
    }
}
