package dev.forebear.alerts.api;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Alerts by ancestor and rule. */
final class AlertGroups {

    private static final int SAMPLES = 3;
    private static final int MOST_NAMES = 20;

    static final Order ORDER = Order.of(
            "alert groups",
            Order.latest("rank"),
            Order.latest("last_updated_at"),
            Order.text("rule"),
            Order.text("base"));

    private static final String GROUPS = """
        SELECT rule, coalesce(base_model_id, '') AS base, max(base_licence) AS base_licence,
            max(base_family) AS base_family, max(base_publisher) AS base_publisher, max(severity_rank) AS rank,
            count(*) AS alerts, min(opened_at) AS first_opened_at, max(updated_at) AS last_updated_at,
            group_concat(DISTINCT registry) AS registries, group_concat(DISTINCT team) AS teams,
            %s
        FROM alert
        """.formatted(States.COLUMNS);

    private static final String URGENT_FIRST = """

        ORDER BY alert.severity_rank DESC, alert.updated_at DESC, alert.id\
        """;

    private AlertGroups() {}

    static Listing<AlertGroupView> page(
            Handle handle, Supplier<Conditions> conditions, @Nullable Cursor cursor, int limit) {
        Conditions ofAlerts = conditions.get();
        String groups = "(" + GROUPS + ofAlerts.where() + "\nGROUP BY rule, base_model_id)";
        String counted = "(SELECT DISTINCT rule, base_model_id FROM alert\n" + ofAlerts.where() + ")";
        Listing<AlertGroupView> page = Keyset.over(groups, counted, ORDER, AlertGroups::group)
                .page(handle, () -> new Conditions().withValuesOf(ofAlerts), cursor, limit);
        Map<Group, List<AlertView>> latest = latest(handle, conditions.get(), page.items());
        return new Listing<>(
                page.items().stream()
                        .map(group -> group.with(latest.getOrDefault(Group.of(group), List.of())))
                        .toList(),
                page.next(),
                page.total(),
                page.totalIsBound());
    }

    /** @param ofAlerts what the alerts must fulfil */
    static List<AlertGroupView> most(Handle handle, Supplier<Conditions> ofAlerts, int limit) {
        return page(handle, ofAlerts, null, limit).items();
    }

    private static Map<Group, List<AlertView>> latest(
            Handle handle, Conditions conditions, List<AlertGroupView> groups) {
        conditions.and("alert.rule = asked.value ->> 0").and("alert.base_model_id IS asked.value ->> 1");
        List<AlertFacts> facts = handle.createQuery("SELECT " + AlertFacts.COLUMNS
                        + "\n"
                        + "FROM json_each(:groups) AS asked CROSS JOIN alert ON alert.id IN (SELECT alert.id FROM"
                        + " alert\n"
                        + conditions.where() + URGENT_FIRST + " LIMIT " + SAMPLES + ")" + URGENT_FIRST)
                .bindMap(conditions.values())
                .bind(
                        "groups",
                        Json.arrays(groups.stream()
                                .map(group -> Arrays.asList(group.rule(), group.baseModelId()))
                                .toList()))
                .map((set, context) -> AlertFacts.of(new Row(set)))
                .list();
        return AlertView.of(handle, facts).stream().collect(Collectors.groupingBy(alert -> Group.of(alert.facts())));
    }

    private static AlertGroupView group(Row row) throws SQLException {
        String base = row.text("base");
        return new AlertGroupView(
                row.text("rule"),
                base.isEmpty() ? null : base,
                row.textOrNull("base_licence"),
                row.textOrNull("base_family"),
                row.textOrNull("base_publisher"),
                Severities.word(row.small("rank")),
                row.number("alerts"),
                States.of(row),
                row.time("first_opened_at"),
                row.time("last_updated_at"),
                names(row.textOrNull("registries")),
                names(row.textOrNull("teams")),
                List.of());
    }

    private static List<String> names(@Nullable String joined) {
        return joined == null
                ? List.of()
                : Arrays.stream(joined.split(",")).sorted().limit(MOST_NAMES).toList();
    }

    private record Group(String rule, String base) {

        static Group of(AlertGroupView group) {
            return new Group(group.rule(), Objects.requireNonNullElse(group.baseModelId(), ""));
        }

        static Group of(AlertFacts alert) {
            return new Group(alert.rule(), Objects.requireNonNullElse(alert.baseModelId(), ""));
        }
    }
}
