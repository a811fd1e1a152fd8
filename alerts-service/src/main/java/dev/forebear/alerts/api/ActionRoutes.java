package dev.forebear.alerts.api;

import dev.forebear.alerts.access.Access;
import dev.forebear.alerts.access.Caller;
import dev.forebear.alerts.access.SortableId;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.Role;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code /alerts/…/actions}: what people do with alerts, which is the audit trail of it, too. */
final class ActionRoutes {

    private static final int MOST_ALERTS = 500;
    private static final Set<String> FIELDS = new TreeSet<>(Set.of("kind", "reason", "until", "untilChange"));
    private static final Set<String> FIELDS_OF_MANY =
            new TreeSet<>(Set.of("ids", "kind", "reason", "until", "untilChange"));

    private final ReadModel model;
    private final Access access;
    private final ActionWriter writer;
    private final InstantSource clock;
    private final SortableId ids;

    ActionRoutes(ReadModel model, Access access, ActionWriter writer, InstantSource clock) {
        this.model = model;
        this.access = access;
        this.writer = writer;
        this.clock = clock;
        this.ids = new SortableId(clock);
    }

    /** What became of acting on many alerts. */
    record ActedOn(List<AlertView> items, List<String> unknown, int pending) {}

    void addTo(JavalinConfig config) {
        config.routes.post(ApiRoutes.ROOT + "/alerts/{id}/actions", this::one);
        config.routes.post(ApiRoutes.ROOT + "/alerts/actions", this::many);
    }

    private void one(Context context) {
        Caller caller = access.require(context, Role.RESPONDER);
        String id = context.pathParam("id");
        Instant now = now();
        ActionRequest request = ActionRequest.of(Body.of(context, FIELDS), now);
        if (known(List.of(id)).isEmpty()) {
            throw AlertRoutes.unknown(id);
        }
        boolean shown = writer.writeAndAwait(List.of(action(request, id, caller, now)));
        context.status(shown ? HttpStatus.OK : HttpStatus.ACCEPTED);
        Answers.plain(
                context,
                model.queries()
                        .withHandle(handle -> AlertDetails.of(handle, id, clock.instant()))
                        .orElseThrow(() -> AlertRoutes.unknown(id)));
    }

    private void many(Context context) {
        Caller caller = access.require(context, Role.RESPONDER);
        Instant now = now();
        Body body = Body.of(context, FIELDS_OF_MANY);
        List<String> asked = body.texts("ids", MOST_ALERTS);
        ActionRequest request = ActionRequest.of(body, now);
        List<String> known = known(asked);
        boolean shown = known.isEmpty()
                || writer.writeAndAwait(known.stream()
                        .map(id -> action(request, id, caller, now))
                        .toList());
        context.status(shown ? HttpStatus.OK : HttpStatus.ACCEPTED);
        Answers.plain(
                context,
                new ActedOn(
                        model.queries().withHandle(handle -> AlertQueries.byIds(handle, known)),
                        asked.stream().filter(id -> !known.contains(id)).toList(),
                        shown ? 0 : known.size()));
    }

    private AlertAction action(ActionRequest request, String id, Caller caller, Instant now) {
        return request.action(id, ids.next(), caller.name(), caller.via(), now);
    }

    private List<String> known(List<String> ids) {
        return model.queries()
                .withHandle(handle -> AlertQueries.byIds(handle, ids).stream()
                        .map(AlertView::id)
                        .toList());
    }

    /** As precise as records are. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
