package dev.forebear.alerts.api;

import dev.forebear.alerts.Counting;
import dev.forebear.alerts.PolicySource;
import dev.forebear.alerts.access.Access;
import dev.forebear.alerts.access.AcknowledgedWriter;
import dev.forebear.alerts.access.AuditTrail;
import dev.forebear.alerts.access.OpenTo;
import dev.forebear.alerts.delivery.Deliveries;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.alerts.readmodel.ReadModelException;
import dev.forebear.alerts.readmodel.Records;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/v1}, as {@code openapi.yaml} describes it. Lists go from item to item by opaque cursors; an answer that
 * depends on the read model alone carries an entity tag that changes when that does.
 */
public final class ApiRoutes {

    /** Where all of it lies. */
    public static final String ROOT = "/api/v1";

    private static final Logger LOG = LoggerFactory.getLogger(ApiRoutes.class);

    private final ApiDescription description = ApiDescription.load();
    private final List<Consumer<JavalinConfig>> routes;

    /**
     * What the API answers from and writes to.
     *
     * @param deliveries null until the service has started
     */
    public record Surroundings(
            ReadModel model,
            Records records,
            Access access,
            AuditTrail audit,
            AcknowledgedWriter writer,
            PolicySource policy,
            Counting counting,
            Supplier<@Nullable Deliveries> deliveries,
            InstantSource clock) {}

    public ApiRoutes(Surroundings here) {
        ReadModel model = here.model;
        Access access = here.access;
        AuditTrail audit = here.audit;
        InstantSource clock = here.clock;
        var answers = new Answers(model);
        var large = new LargeRecords(model, here.records);
        var previews = new Previews(here.counting, clock);
        var changes = new Changes(model);
        this.routes = List.of(
                new OverviewRoutes(model, answers, clock)::addTo,
                new SearchRoutes(model, answers)::addTo,
                new EventRoutes(model, access)::addTo,
                new ModelRoutes(model, answers, new ModelPages(model, large), new Graphs(model))::addTo,
                new ReportRoutes(answers, large)::addTo,
                new AncestorRoutes(model, answers, new Families(model))::addTo,
                new FamilyRoutes(model, answers, here.policy)::addTo,
                new QuarantineRoutes(model, answers, access, audit, here.writer, changes, clock)::addTo,
                new AlertRoutes(model, answers, clock)::addTo,
                new ActionRoutes(model, access, new ActionWriter(model, here.writer, changes), clock)::addTo,
                new DeliveryRoutes(model, answers)::addTo,
                new ChannelRoutes(model, access, audit, here.deliveries, clock)::addTo,
                new ExceptionRoutes(model, access, audit, here.writer, changes, clock)::addTo,
                new ErasureRoutes(model, access, audit, here.writer, changes, clock)::addTo,
                new PolicyRoutes(model, answers, access, here.policy, previews)::addTo,
                new ApplicationRoutes(model, answers, access, audit, here.writer, here.policy, previews, clock)::addTo,
                new DeadLetterRoutes(model, answers, large, access)::addTo,
                new AuditRoutes(model, answers)::addTo,
                new MeRoutes(access)::addTo);
    }

    public void addTo(JavalinConfig config) {
        config.routes.before(ROOT + "/*", ApiRoutes::protect);
        config.routes.beforeMatched(ROOT + "/*", this::refuseUnknownParameters);
        config.routes.exception(ReadModelException.class, ApiRoutes::tellWhatCannotBeRead);
        config.routes.get(ROOT + "/openapi.yaml", this::yaml, OpenTo.EVERYBODY);
        config.routes.get(ROOT + "/openapi.json", this::json, OpenTo.EVERYBODY);
        routes.forEach(each -> each.accept(config));
    }

    private static void protect(Context context) {
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Cache-Control", "private, no-store");
    }

    // What is large is read from its topic, which may have let go of it, or not answer.
    private static void tellWhatCannotBeRead(ReadModelException e, Context context) {
        LOG.atWarn()
                .addKeyValue("path", context.path())
                .addKeyValue("cause", e.getMessage())
                .log("a record could not be read");
        context.status(503).json(Map.of("error", String.valueOf(e.getMessage())));
    }

    // A filter that is misspelt and therefore ignored would show what nobody asked for.
    private void refuseUnknownParameters(Context context) {
        Endpoint matched = context.endpoints().matchedHttpEndpoint();
        if (matched == null) {
            return;
        }
        Set<String> known = description.query(context.method().name(), matched.path.substring(ROOT.length()));
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
