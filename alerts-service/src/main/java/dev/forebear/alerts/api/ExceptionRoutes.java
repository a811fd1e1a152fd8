package dev.forebear.alerts.api;

import dev.forebear.alerts.access.Access;
import dev.forebear.alerts.access.AcknowledgedWriter;
import dev.forebear.alerts.access.AuditTrail;
import dev.forebear.alerts.access.Caller;
import dev.forebear.alerts.access.SortableId;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.PolicyException;
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
import java.util.function.Predicate;

/** {@code /exceptions}: granted with an owner, a reason and an end; revoked before that. */
final class ExceptionRoutes {

    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(2);

    private final ReadModel model;
    private final Access access;
    private final AuditTrail audit;
    private final AcknowledgedWriter writer;
    private final Changes changes;
    private final InstantSource clock;
    private final SortableId ids;

    ExceptionRoutes(
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
        config.routes.get(ApiRoutes.ROOT + "/exceptions", this::list);
        config.routes.post(ApiRoutes.ROOT + "/exceptions", this::grant);
        config.routes.post(ApiRoutes.ROOT + "/exceptions/{id}/revocation", this::revoke);
    }

    // What has lapsed is told by the clock: no entity tag.
    private void list(Context context) {
        var parameters = new Parameters(context);
        var filter = ExceptionQueries.Filter.of(parameters);
        Cursor cursor = ExceptionQueries.ORDER.cursor(parameters);
        int limit = parameters.limit();
        Instant now = clock.instant();
        Answers.plain(
                context,
                model.queries().withHandle(handle -> ExceptionQueries.page(handle, filter, now, cursor, limit)));
    }

    private void grant(Context context) {
        Caller caller = access.require(context, Role.RESPONDER);
        Instant now = now();
        ExceptionRequest request = ExceptionRequest.of(context, now);
        String id = "ex_" + ids.next();
        PolicyException exception = request.exception(id, caller.name(), now);
        audit.write(caller, "exception.granted", id, request.words());
        answer(context, exception, HttpStatus.CREATED, shown -> true);
    }

    private void revoke(Context context) {
        Caller caller = access.require(context, Role.RESPONDER);
        String id = context.pathParam("id");
        ExceptionView known =
                find(id).orElseThrow(() -> new NotFoundResponse("no exception " + Parameters.quoted(id) + " is known"));
        if (known.revokedAt() != null) {
            throw new ConflictResponse("the exception " + id + " was revoked by " + known.revokedBy() + " already");
        }
        PolicyException revoked = PolicyException.newBuilder()
                .setExceptionId(id)
                .setRule(known.rule())
                .setDerivedModelId(known.derivedModelId())
                .setDerivedVersion(known.derivedVersion())
                .setBaseModelId(known.baseModelId())
                .setOwner(known.owner())
                .setReason(known.reason())
                .setExpiresAt(Instant.parse(known.expiresAt()))
                .setGrantedBy(known.grantedBy())
                .setGrantedAt(Instant.parse(known.grantedAt()))
                .setRevokedBy(caller.name())
                .setRevokedAt(now())
                .build();
        audit.write(caller, "exception.revoked", id, null);
        answer(context, revoked, HttpStatus.OK, shown -> shown.revokedAt() != null);
    }

    private void answer(
            Context context, PolicyException exception, HttpStatus status, Predicate<ExceptionView> isShown) {
        String id = exception.getExceptionId();
        writer.write(Topics.POLICY_EXCEPTIONS, PolicyException::getExceptionId, List.of(exception));
        boolean shown = changes.await(() -> find(id).filter(isShown).isPresent(), SHOWN_WITHIN);
        context.status(shown ? status : HttpStatus.ACCEPTED);
        ExceptionView written = ExceptionView.of(exception, clock.instant());
        Answers.plain(context, find(id).filter(isShown).orElse(written));
    }

    private Optional<ExceptionView> find(String id) {
        return model.queries().withHandle(handle -> ExceptionQueries.byId(handle, id, clock.instant()));
    }

    /** As precise as records are. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
