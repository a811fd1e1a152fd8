package dev.forebear.alerts.access;

import dev.forebear.alerts.Wire;
import dev.forebear.alerts.readmodel.FollowedReadModel;
import dev.forebear.runtime.HttpListener;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.runtime.Metrics;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.AuditEntry;
import dev.forebear.schemas.wire.Role;
import io.javalin.config.JavalinConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A port with a page, something to read and something to do, behind the access that is tested. */
final class Instance implements AutoCloseable {

    private final Wire broker;
    private final WireConfig wire;
    private final FollowedReadModel model;
    private final AccessControl control;
    private final Metrics metrics = new Metrics("test");
    private final HttpListener listener;

    private Instance(Wire broker, WireConfig wire, Path folder, AccessConfig config) {
        this.broker = broker;
        this.wire = wire;
        this.model = FollowedReadModel.open(broker, wire, folder);
        catchUp();
        var page = new AtomicReference<>(URI.create("http://localhost"));
        this.control =
                AccessControl.start(config, wire.kafka(), broker.schemas(), model.model(), model.follower(), page::get);
        this.listener =
                HttpListener.start(ListenAddress.anyLoopbackPort(), 100_000, metrics, List.of(), this::addRoutes);
        page.set(listener.uri());
    }

    static Instance start(Wire broker, WireConfig wire, Path folder, AccessConfig config) {
        return new Instance(broker, wire, folder, config);
    }

    private void addRoutes(JavalinConfig config) {
        control.routes().addTo(config);
        config.routes.get("/", context -> context.result("the page"));
        config.routes.get(
                "/assets/<file>",
                context -> context.status(context.pathParam("file").equals("x.css") ? 200 : 404));
        config.routes.get("/api/v1/models/<id>", context -> context.result("a model"));
        config.routes.get("/api/v1/things", context -> context.result("things"));
        config.routes.post("/api/v1/things", context -> {
            Caller caller = control.access().require(context, Role.RESPONDER);
            context.json(Map.of("by", caller.name(), "via", caller.via()));
        });
        config.routes.get("/api/v1/public", context -> context.result("public"), OpenTo.EVERYBODY);
    }

    AccessControl control() {
        return control;
    }

    URI page() {
        return listener.uri();
    }

    URI at(String path) {
        return URI.create(listener.uri() + path);
    }

    HttpRequest.Builder post(String path, String json) {
        return HttpRequest.newBuilder(at(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
    }

    /** A token that is in force. */
    IssuedToken token(String name, Role role) {
        try (var ledger =
                new TokenLedger(wire.kafka(), broker.schemas(), model.follower()::await, InstantSource.system())) {
            return ledger.issue(name, role, null, "test");
        }
    }

    /** What stands in the audit trail. */
    List<AuditEntry> trail() {
        return broker.read(wire, Topics.AUDIT_ENTRIES);
    }

    private void catchUp() {
        try {
            model.catchUp();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        listener.close();
        metrics.close();
        control.close();
        model.close();
    }
}
