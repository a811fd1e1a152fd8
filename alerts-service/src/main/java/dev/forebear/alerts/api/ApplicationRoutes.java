package dev.forebear.alerts.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.forebear.alerts.PolicySource;
import dev.forebear.alerts.access.Access;
import dev.forebear.alerts.access.AcknowledgedWriter;
import dev.forebear.alerts.access.AuditTrail;
import dev.forebear.alerts.access.Caller;
import dev.forebear.alerts.access.SortableId;
import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.PolicyApplication;
import dev.forebear.schemas.wire.Role;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code /policy/applications}: today's policy held against everything that is known, counted first. */
final class ApplicationRoutes {

    private static final int MAX_NAME = 300;
    private static final Set<String> FIELDS = new TreeSet<>(Set.of("rule", "policyVersion", "notify", "dryRun"));

    private static final Keyset<View> LATEST = Keyset.of(
            "policy_application",
            "*",
            "",
            Order.of(
                    "policy applications",
                    Order.latest("policy_application.requested_at"),
                    Order.text("policy_application.application_id")),
            View::of);

    private final ReadModel model;
    private final Answers answers;
    private final Access access;
    private final AuditTrail audit;
    private final AcknowledgedWriter writer;
    private final PolicySource source;
    private final Previews previews;
    private final InstantSource clock;
    private final SortableId ids;

    ApplicationRoutes(
            ReadModel model,
            Answers answers,
            Access access,
            AuditTrail audit,
            AcknowledgedWriter writer,
            PolicySource source,
            Previews previews,
            InstantSource clock) {
        this.model = model;
        this.answers = answers;
        this.access = access;
        this.audit = audit;
        this.writer = writer;
        this.source = source;
        this.previews = previews;
        this.clock = clock;
        this.ids = new SortableId(clock);
    }

    /** Somebody asked to hold everything against the policy. */
    record View(
            String id,
            @Nullable String rule,
            String policyVersion,
            @JsonProperty("notify") boolean tells,
            String requestedBy,
            String requestedAt) {

        private static View of(Row row) throws SQLException {
            return new View(
                    row.text("application_id"),
                    row.textOrNull("rule"),
                    row.text("policy_version"),
                    row.flag("notify"),
                    row.text("requested_by"),
                    row.time("requested_at"));
        }

        private static View of(PolicyApplication application) {
            return new View(
                    application.getApplicationId(),
                    application.getRule(),
                    application.getPolicyVersion(),
                    application.getNotify(),
                    application.getRequestedBy(),
                    application.getRequestedAt().toString());
        }
    }

    /** An application that was asked for. */
    record Asked(View application) {}

    void addTo(JavalinConfig config) {
        config.routes.get(ApiRoutes.ROOT + "/policy/applications", this::list);
        config.routes.post(ApiRoutes.ROOT + "/policy/applications", this::apply);
    }

    private void list(Context context) {
        var parameters = new Parameters(context);
        Cursor cursor = LATEST.order().cursor(parameters);
        int limit = parameters.limit();
        answers.tagged(
                context,
                () -> model.queries().withHandle(handle -> LATEST.page(handle, Conditions::new, cursor, limit)));
    }

    private void apply(Context context) {
        Caller caller = access.require(context, Role.ADMIN);
        Body body = Body.of(context, FIELDS);
        Policy policy = source.current();
        String rule = body.text("rule", MAX_NAME);
        if (rule != null && !policy.ruleNames().contains(rule)) {
            throw Parameters.wrong("rule", "one of " + String.join(", ", policy.ruleNames()), Parameters.quoted(rule));
        }
        if (body.flag("dryRun")) {
            Answers.plain(context, previews.begin(caller.name(), policy, rule));
            return;
        }
        String counted = body.required("policyVersion", MAX_NAME);
        if (!counted.equals(policy.version())) {
            throw new ConflictResponse("the policy " + Parameters.quoted(counted) + " was counted, and "
                    + policy.version() + " is in use: count again");
        }
        var application = new PolicyApplication(
                ids.next(),
                rule,
                counted,
                body.flag("notify"),
                caller.name(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        audit.write(
                caller,
                "policy.applied",
                counted,
                (rule == null ? "all rules" : rule) + (application.getNotify() ? ", channels are told" : ""));
        writer.write(Topics.POLICY_APPLICATIONS, PolicyApplication::getApplicationId, List.of(application));
        context.status(HttpStatus.ACCEPTED);
        Answers.plain(context, new Asked(View.of(application)));
    }
}
