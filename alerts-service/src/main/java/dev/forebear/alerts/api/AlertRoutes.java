package dev.forebear.alerts.api;

import dev.forebear.alerts.readmodel.ReadModel;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code /alerts} and {@code /alert-groups}: what was found, and what became of it. */
final class AlertRoutes {

    private static final List<Facet> FACETS = List.of(
            new Facet("state", "state"),
            new Facet("severity", "severity"),
            new Facet("rule", "rule"),
            new Facet("team", "team"),
            new Facet("registry", "registry"));

    private final ReadModel model;
    private final Answers answers;
    private final InstantSource clock;

    AlertRoutes(ReadModel model, Answers answers, InstantSource clock) {
        this.model = model;
        this.answers = answers;
        this.clock = clock;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(ApiRoutes.ROOT + "/alerts", this::list);
        config.routes.get(ApiRoutes.ROOT + "/alerts/facets", this::facets);
        config.routes.get(ApiRoutes.ROOT + "/alerts/{id}", this::one);
        config.routes.get(ApiRoutes.ROOT + "/alert-groups", this::groups);
    }

    private void list(Context context) {
        var parameters = new Parameters(context);
        AlertFilter filter = AlertFilter.of(parameters);
        Order order = Objects.requireNonNull(
                AlertQueries.ORDERS.get(parameters.choice("sort", AlertQueries.ORDERS.keySet(), AlertQueries.URGENCY)));
        Cursor cursor = order.cursor(parameters);
        int limit = parameters.limit();
        answers.tagged(
                context,
                () -> model.queries()
                        .withHandle(handle -> AlertQueries.page(handle, order, filter::conditions, cursor, limit)));
    }

    private void facets(Context context) {
        AlertFilter filter = AlertFilter.of(new Parameters(context));
        answers.tagged(
                context,
                () -> model.queries().withHandle(handle -> {
                    Map<String, List<Facet.Count>> counts = new LinkedHashMap<>();
                    FACETS.forEach(
                            facet -> counts.put(facet.name(), facet.counts(handle, "alert", filter::conditionsBut)));
                    return counts;
                }));
    }

    private void one(Context context) {
        String id = context.pathParam("id");
        answers.tagged(
                context,
                () -> model.queries()
                        .withHandle(handle -> AlertDetails.of(handle, id, clock.instant()))
                        .orElseThrow(() -> unknown(id)));
    }

    private void groups(Context context) {
        var parameters = new Parameters(context);
        AlertFilter filter = AlertFilter.of(parameters);
        Cursor cursor = AlertGroups.ORDER.cursor(parameters);
        int limit = parameters.limit();
        answers.tagged(
                context,
                () -> model.queries()
                        .withHandle(handle -> AlertGroups.page(handle, filter::conditions, cursor, limit)));
    }

    static NotFoundResponse unknown(String id) {
        return new NotFoundResponse("no alert " + Parameters.quoted(id) + " is known");
    }
}
