package dev.forebear.alerts.api;

import dev.forebear.alerts.access.Access;
import dev.forebear.alerts.access.OpenTo;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.alerts.readmodel.Records;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.Set;

/**
 * {@code /api/v1}, as {@code openapi.yaml} describes it. Lists go from item to item by opaque cursors; an answer that
 * depends on the read model alone carries an entity tag that changes when that does.
 */
public final class ApiRoutes {

    /** Where all of it lies. */
    public static final String ROOT = "/api/v1";

    private final ApiDescription description = ApiDescription.load();
    private final ModelRoutes models;
    private final ReportRoutes reports;
    private final AncestorRoutes ancestors;
    private final AlertRoutes alerts;
    private final DeliveryRoutes deliveries;
    private final OverviewRoutes overview;
    private final SearchRoutes search;
    private final DeadLetterRoutes deadLetters;
    private final AuditRoutes audit;

    public ApiRoutes(ReadModel model, Records records, Access access, InstantSource clock) {
        var answers = new Answers(model);
        var large = new LargeRecords(model, records);
        this.models = new ModelRoutes(model, answers, new ModelPages(model, large), new Graphs(model));
        this.reports = new ReportRoutes(answers, large);
        this.ancestors = new AncestorRoutes(model, answers, new Families(model));
        this.alerts = new AlertRoutes(model, answers, clock);
        this.deliveries = new DeliveryRoutes(model, answers);
        this.overview = new OverviewRoutes(model, answers, clock);
        this.search = new SearchRoutes(model, answers);
        this.deadLetters = new DeadLetterRoutes(model, answers, large, access);
        this.audit = new AuditRoutes(model, answers);
    }

    public void addTo(JavalinConfig config) {
        config.routes.before(ROOT + "/*", ApiRoutes::protect);
        config.routes.beforeMatched(ROOT + "/*", this::refuseUnknownParameters);
        config.routes.get(ROOT + "/openapi.yaml", this::yaml, OpenTo.EVERYBODY);
        config.routes.get(ROOT + "/openapi.json", this::json, OpenTo.EVERYBODY);
        models.addTo(config);
        reports.addTo(config);
        ancestors.addTo(config);
        alerts.addTo(config);
        deliveries.addTo(config);
        overview.addTo(config);
        search.addTo(config);
        deadLetters.addTo(config);
        audit.addTo(config);
    }

    private static void protect(Context context) {
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Cache-Control", "private, no-store");
    }

    // A filter that is misspelt and therefore ignored would show what nobody asked for.
    private void refuseUnknownParameters(Context context) {
        String path = context.endpoints().matchedHttpEndpoint().path;
        Set<String> known = description.query(context.method().name(), path.substring(ROOT.length()));
        for (String name : context.queryParamMap().keySet()) {
            if (!known.contains(name)) {
                throw Parameters.wrong(
                        Parameters.quoted(name),
                        known.isEmpty() ? "no parameter" : "one of the parameters " + String.join(", ", known),
                        "one that there is not");
            }
        }
    }

    private void yaml(Context context) {
        context.contentType("application/yaml; charset=utf-8").result(description.yaml());
    }

    private void json(Context context) {
        context.contentType("application/json").result(description.json());
    }
}
