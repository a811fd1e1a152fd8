package dev.forebear.alerts.api;

import dev.forebear.alerts.access.Access;
import dev.forebear.alerts.access.AcknowledgedWriter;
import dev.forebear.alerts.access.AuditTrail;
import dev.forebear.alerts.access.Caller;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.QuarantinedModel;
import dev.forebear.schemas.wire.Role;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** {@code /quarantines}: models that nothing may descend from any more. */
final class QuarantineRoutes {

    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(2);
    private static final int MAX_ID = 1_500;
    private static final int MAX_REASON = 2_000;
    private static final Set<String> FIELDS = new TreeSet<>(Set.of("id", "reason", "unknown"));

    private final ReadModel model;
    private final Answers answers;
    private final Access access;
    private final AuditTrail audit;
    private final AcknowledgedWriter writer;
    private final Changes changes;
    private final InstantSource clock;

    QuarantineRoutes(
            ReadModel model,
            Answers answers,
            Access access,
            AuditTrail audit,
            AcknowledgedWriter writer,
            Changes changes,
            InstantSource clock) {
        this.model = model;
        this.answers = answers;
        this.access = access;
        this.audit = audit;
        this.writer = writer;
        this.changes = changes;
        this.clock = clock;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(ApiRoutes.ROOT + "/quarantines", this::list);
        config.routes.post(ApiRoutes.ROOT + "/quarantines", this::begin);
        config.routes.delete(ApiRoutes.ROOT + "/quarantines", this::lift);
    }

    private void list(Context context) {
        var parameters = new Parameters(context);
        List<String> standings = parameters.choices("standing", QuarantineQueries.STANDINGS);
        Cursor cursor = QuarantineQueries.ORDER.cursor(parameters);
        int limit = parameters.limit();
        answers.tagged(
                context,
                () -> model.queries().withHandle(handle -> QuarantineQueries.page(handle, standings, cursor, limit)));
    }

    private void begin(Context context) {
        Caller caller = access.require(context, Role.RESPONDER);
        Body body = Body.of(context, FIELDS);
        String id = body.required("id", MAX_ID);
        String reason = body.required("reason", MAX_REASON);
        NamedModel named = named(id, body.flag("unknown"));
        find(named.id()).filter(QuarantineView::isActive).ifPresent(known -> {
            throw new ConflictResponse(known.id() + " was quarantined by " + known.quarantinedBy() + " already");
        });
        QuarantinedModel quarantined = QuarantinedModel.newBuilder()
                .setModelId(named.modelId())
                .setVersion(named.version())
                .setReason(reason)
                .setQuarantinedBy(caller.name())
                .setQuarantinedAt(now())
                .build();
        audit.write(caller, "quarantine.begun", named.id(), reason);
        boolean shown = write(named.id(), quarantined, QuarantineView::isActive);
        context.status(shown ? HttpStatus.CREATED : HttpStatus.ACCEPTED);
        Answers.plain(
                context, find(named.id()).filter(QuarantineView::isActive).orElse(QuarantineView.of(quarantined)));
    }

    private void lift(Context context) {
        Caller caller = access.require(context, Role.RESPONDER);
        var parameters = new Parameters(context);
        String id = parameters.id();
        String reason = parameters.text("reason", MAX_REASON);
        QuarantineView known = find(id).filter(QuarantineView::isActive)
                .orElseThrow(() -> new NotFoundResponse(Parameters.quoted(id) + " is not quarantined"));
        QuarantinedModel lifted = QuarantinedModel.newBuilder()
                .setModelId(known.modelId())
                .setVersion(known.version())
                .setReason(known.reason())
                .setQuarantinedBy(known.quarantinedBy())
                .setQuarantinedAt(Instant.parse(known.quarantinedAt()))
                .setLiftedBy(caller.name())
                .setLiftedAt(now())
                .build();
        audit.write(caller, "quarantine.lifted", id, reason);
        write(id, lifted, shown -> !shown.isActive());
        context.status(HttpStatus.NO_CONTENT);
    }

    /** Somebody who mistypes a name must not believe that something is quarantined. */
    private NamedModel named(String id, boolean unknownToo) {
        return model.queries()
                .withHandle(handle -> NamedModel.exactly(handle, id).orElseGet(() -> {
                    if (!unknownToo) {
                        throw NamedModel.unknown(handle, id);
                    }
                    return unseen(id);
                }));
    }

    private static NamedModel unseen(String id) {
        boolean pinned = id.indexOf('@') > id.indexOf('/');
        try {
            ModelVersionId parsed = ModelVersionId.parse(pinned ? id : id + "@any");
            return new NamedModel(parsed.modelId(), pinned ? parsed.version() : null, List.of());
        } catch (IllegalArgumentException e) {
            throw Parameters.wrong("id", "<registry>/<name> or <registry>/<name>@<version>", Parameters.quoted(id));
        }
    }

    private boolean write(String id, QuarantinedModel quarantined, Predicate<QuarantineView> isShown) {
        writer.write(Topics.QUARANTINED_MODELS, any -> id, List.of(quarantined));
        return changes.await(() -> find(id).filter(isShown).isPresent(), SHOWN_WITHIN);
    }

    private Optional<QuarantineView> find(String id) {
        return model.queries().withHandle(handle -> QuarantineQueries.byId(handle, id));
    }

    /** As precise as records are. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
