package dev.forebear.alerts.api;

import dev.forebear.alerts.PolicySource;
import dev.forebear.alerts.access.Access;
import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.policy.PolicyCheck;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.alerts.policy.PolicyProblem;
import dev.forebear.alerts.policy.RuleSummary;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.wire.Role;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** {@code /policy}: what is looked for, what was, and what another text would find. */
final class PolicyRoutes {

    private static final int MAX_TEXT = 1 << 20;

    private final ReadModel model;
    private final Answers answers;
    private final Access access;
    private final PolicySource source;
    private final Previews previews;

    PolicyRoutes(ReadModel model, Answers answers, Access access, PolicySource source, Previews previews) {
        this.model = model;
        this.answers = answers;
        this.access = access;
        this.source = source;
        this.previews = previews;
    }

    /** The policy in use, and why the text that its file holds now is not. */
    record View(
            String version,
            String source,
            @Nullable String loadedAt,
            @Nullable String problem,
            String text,
            List<Rule> rules) {}

    /** A rule; of one that is switched off alerts may be left. */
    record Rule(
            String name,
            String severity,
            boolean enabled,
            boolean shipped,
            String about,
            Set<String> routes,
            long unresolved) {}

    /** A policy that was in use. */
    record Version(String version, String source, String loadedAt, boolean current, String text) {

        private static Version of(Row row, String current) throws SQLException {
            return new Version(
                    row.text("version"),
                    row.text("source"),
                    row.time("loaded_at"),
                    row.text("version").equals(current),
                    row.text("text"));
        }
    }

    /** What is wrong with a text. */
    record Check(boolean valid, List<PolicyProblem> problems, List<Rule> rules) {}

    void addTo(JavalinConfig config) {
        config.routes.get(ApiRoutes.ROOT + "/policy", this::current);
        config.routes.get(ApiRoutes.ROOT + "/policy/versions", this::versions);
        config.routes.post(ApiRoutes.ROOT + "/policy/check", this::check);
        config.routes.post(ApiRoutes.ROOT + "/policy/preview", this::preview);
        config.routes.get(ApiRoutes.ROOT + "/policy/previews/{id}", this::underWay);
    }

    private void current(Context context) {
        Policy policy = source.current();
        String problem = source.problem().orElse(null);
        String also = "-" + policy.version().replace(':', '-') + "-" + (problem == null ? "" : problem.hashCode());
        answers.tagged(
                context,
                also,
                () -> model.queries().withHandle(handle -> {
                    String loadedAt = handle.createQuery(
                                    "SELECT loaded_at FROM policy_version WHERE version = :version")
                            .bind("version", policy.version())
                            .map((set, of) -> new Row(set).time("loaded_at"))
                            .findFirst()
                            .orElse(null);
                    return new View(
                            policy.version(), source.name(), loadedAt, problem, policy.text(), rules(handle, policy));
                }));
    }

    private void versions(Context context) {
        var parameters = new Parameters(context);
        String current = source.current().version();
        Order order =
                Order.of("policies", Order.latest("policy_version.loaded_at"), Order.text("policy_version.version"));
        Cursor cursor = order.cursor(parameters);
        int limit = parameters.limit();
        answers.tagged(
                context,
                "-" + current.replace(':', '-'),
                () -> model.queries()
                        .withHandle(
                                handle -> Keyset.of("policy_version", "*", "", order, row -> Version.of(row, current))
                                        .page(handle, Conditions::new, cursor, limit)));
    }

    private void check(Context context) {
        switch (PolicyFile.check(text(context))) {
            case PolicyCheck.Valid(Policy policy) ->
                Answers.plain(
                        context,
                        new Check(true, List.of(), model.queries().withHandle(handle -> rules(handle, policy))));
            case PolicyCheck.Invalid(List<PolicyProblem> problems) ->
                Answers.plain(context, new Check(false, problems, List.of()));
        }
    }

    private void preview(Context context) {
        String caller = access.require(context, Role.VIEWER).name();
        switch (PolicyFile.check(text(context))) {
            case PolicyCheck.Valid(Policy policy) -> {
                PreviewView preview = previews.begin(caller, policy, null);
                context.status(preview.id() == null ? HttpStatus.OK : HttpStatus.ACCEPTED);
                Answers.plain(context, preview);
            }
            case PolicyCheck.Invalid(List<PolicyProblem> problems) ->
                Answers.plain(context, PreviewView.refused(problems));
        }
    }

    private void underWay(Context context) {
        String id = context.pathParam("id");
        Answers.plain(
                context,
                previews.find(id)
                        .orElseThrow(() ->
                                new NotFoundResponse("no preview " + Parameters.quoted(id) + " is known any more")));
    }

    private static String text(Context context) {
        return Body.of(context, new TreeSet<>(Set.of("text"))).verbatim("text", MAX_TEXT);
    }

    private static List<Rule> rules(Handle handle, Policy policy) {
        Map<String, Long> unresolved = new HashMap<>();
        handle.createQuery("SELECT rule, count(*) AS found FROM alert WHERE state <> 'resolved' GROUP BY rule")
                .map((set, context) -> Map.entry(set.getString("rule"), set.getLong("found")))
                .forEach(entry -> unresolved.put(entry.getKey(), entry.getValue()));
        return policy.rules().stream()
                .map(rule -> rule(rule, unresolved.getOrDefault(rule.name(), 0L)))
                .toList();
    }

    private static Rule rule(RuleSummary rule, long unresolved) {
        return new Rule(
                rule.name(),
                Json.word(rule.severity()),
                rule.enabled(),
                rule.shipped(),
                rule.about(),
                new TreeSet<>(rule.routes()),
                unresolved);
    }
}
