package dev.forebear.alerts.api;

import dev.forebear.alerts.access.Access;
import dev.forebear.alerts.access.AcknowledgedWriter;
import dev.forebear.alerts.access.AuditTrail;
import dev.forebear.alerts.access.Caller;
import dev.forebear.alerts.access.SortableId;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.ModelChangeKind;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.Role;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code /erasures}: forgets a model, or a version of one. The order is a change of the model; the matcher removes the
 * fingerprint from its topic, every read model what it shows, the decisions resolve the alerts.
 */
final class ErasureRoutes {

    private static final int MAX_ID = 1_500;
    private static final int MAX_REASON = 2_000;
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(2);
    private static final Set<String> FIELDS = new TreeSet<>(Set.of("id", "reason", "dryRun"));

    private final ReadModel model;
    private final Access access;
    private final AuditTrail audit;
    private final AcknowledgedWriter writer;
    private final Changes changes;
    private final InstantSource clock;
    private final SortableId ids;

    ErasureRoutes(
            ReadModel model,
            Access access,
            AuditTrail audit,
            AcknowledgedWriter writer,
            Changes changes,
            InstantSource clock) {
        this.model = model;
        this.access = access;
        this.audit = audit;
        this.writer = writer;
        this.changes = changes;
        this.clock = clock;
        this.ids = new SortableId(clock);
    }

    void addTo(JavalinConfig config) {
        config.routes.post(ApiRoutes.ROOT + "/erasures", this::erase);
    }

    private void erase(Context context) {
        Caller caller = access.require(context, Role.ADMIN);
        Body body = Body.of(context, FIELDS);
        String id = body.required("id", MAX_ID);
        String reason = body.required("reason", MAX_REASON);
        Erasures erasures = model.queries().withHandle(handle -> Erasures.of(handle, id));
        if (erasures.versions().isEmpty()) {
            throw new NotFoundResponse("no model and no model version " + Parameters.quoted(id) + " is known");
        }
        if (body.flag("dryRun")) {
            Answers.plain(
                    context, model.queries().withHandle(handle -> erasures.view(handle, reason, caller.name(), null)));
            return;
        }
        Instant now = erasures.at(clock.instant().truncatedTo(ChronoUnit.MILLIS));
        ErasureView view = model.queries().withHandle(handle -> erasures.view(handle, reason, caller.name(), now));
        audit.write(caller, "model.erased", id, view.words());
        writer.write(
                Topics.MODEL_CHANGES, change -> change.getRegistry() + "/" + change.getName(), changes(erasures, now));
        boolean shown = changes.await(() -> isForgotten(erasures), SHOWN_WITHIN);
        context.status(shown ? HttpStatus.OK : HttpStatus.ACCEPTED);
        Answers.plain(context, view);
    }

    /** One for each name under which the model was uploaded, or one for the version. */
    private List<ModelChanged> changes(Erasures erasures, Instant now) {
        return erasures.versions().stream()
                .collect(Collectors.toMap(Erasures.Version::modelId, version -> version, (one, other) -> one))
                .values()
                .stream()
                .map(version -> ModelChanged.newBuilder()
                        .setEventId("erasure:" + ids.next())
                        .setRegistry(version.registry())
                        .setName(version.name())
                        .setVersion(erasures.whole() ? null : version.version())
                        .setChange(ModelChangeKind.ERASED)
                        .setSender("forebear")
                        .setChangedAt(now)
                        .setReceivedAt(now)
                        .setCorrelationId(ids.next())
                        .build())
                .toList();
    }

    private boolean isForgotten(Erasures erasures) {
        return model.queries()
                .withHandle(
                        handle -> Erasures.of(handle, erasures.id()).versions().isEmpty());
    }
}
