package dev.forebear.benchmarks;

import dev.forebear.alerts.Counting;
import dev.forebear.alerts.PolicySource;
import dev.forebear.alerts.access.Access;
import dev.forebear.alerts.access.AccessRoutes;
import dev.forebear.alerts.access.AcknowledgedWriter;
import dev.forebear.alerts.access.AuditTrail;
import dev.forebear.alerts.api.ApiRoutes;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.alerts.readmodel.Records;
import dev.forebear.runtime.HttpListener;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.runtime.Metrics;
import dev.forebear.runtime.ResourceStack;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The API of the alerts service on a read model, without the decisions. */
final class DashboardApi implements AutoCloseable {

    private final ResourceStack resources = new ResourceStack();
    private final ReadModel model;
    private final HttpListener listener;
    private final HttpClient client;

    DashboardApi(Path file, KafkaConfig kafka, SchemaRegistryClient schemas) {
        model = resources.add(ReadModel.open(file));
        var records = resources.add(new Records(kafka, schemas));
        var audit = resources.add(new AuditTrail(kafka, schemas));
        Access access = Access.open(audit);
        InstantSource clock = InstantSource.system();
        var api = new ApiRoutes(new ApiRoutes.Surroundings(
                model,
                records,
                access,
                audit,
                resources.add(new AcknowledgedWriter(kafka, schemas)),
                PolicySource.of(PolicyFile.standard()),
                new Counting(kafka, schemas, model, clock),
                () -> null,
                clock));
        listener = resources.add(HttpListener.start(
                ListenAddress.anyLoopbackPort(),
                HttpListener.DEFAULT_MAX_REQUEST_BYTES,
                resources.add(new Metrics("benchmark")),
                List.of(),
                config -> {
                    new AccessRoutes(access).addTo(config);
                    api.addTo(config);
                }));
        client = resources.add(HttpClient.newHttpClient());
    }

    URI uri() {
        return listener.uri();
    }

    ReadModel model() {
        return model;
    }

    /** Opens the connection, which is no part of an answer, and the routes. */
    void connect() throws IOException, InterruptedException {
        get("/openapi.yaml");
    }

    /** Bytes of the answer. */
    long get(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(
                HttpRequest.newBuilder(listener.uri().resolve(ApiRoutes.ROOT + path))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + ": expected 200, found " + answer.statusCode() + ": "
                    + new String(answer.body(), StandardCharsets.UTF_8));
        }
        return answer.body().length;
    }

    @Override
    public void close() {
        resources.close();
    }
}
