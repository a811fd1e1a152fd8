package dev.forebear.alerts.api;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Alerts from the tables, with what became of telling them. */
final class AlertQueries {

    static final String URGENCY = "urgency";

    /** How alerts may be sorted, by name. */
    static final Map<String, Order> ORDERS = Map.of(
            URGENCY,
            Order.of(
                    "alerts by urgency",
                    Order.latest("alert.severity_rank"),
                    Order.latest("alert.updated_at"),
                    Order.text("alert.id")),
            "updated",
            Order.of("alerts by update", Order.latest("alert.updated_at"), Order.text("alert.id")),
            "opened",
            Order.of("alerts by opening", Order.latest("alert.opened_at"), Order.text("alert.id")));

    private AlertQueries() {}

    static Listing<AlertView> page(
            Handle handle, Order order, Supplier<Conditions> conditions, @Nullable Cursor cursor, int limit) {
        Listing<AlertFacts> page = Keyset.ofRows("alert", AlertFacts.COLUMNS, "", order, AlertFacts::of)
                .page(handle, conditions, cursor, limit);
        return new Listing<>(AlertView.of(handle, page.items()), page.next(), page.total(), page.totalIsBound());
    }

    /** Alerts on a model, the most urgent first and resolved ones last. */
    static List<AlertView> ofModel(Handle handle, String modelId, int limit) {
        return list(
                handle,
                new Conditions().is("alert.derived_model_id", modelId),
                "alert.state = 'resolved', alert.severity_rank DESC, alert.updated_at DESC",
                limit);
    }

    /** Alerts that are not resolved, the latest changed first. */
    static List<AlertView> latest(Handle handle, int limit) {
        return list(handle, new Conditions().and("alert.state <> 'resolved'"), "alert.updated_at DESC", limit);
    }

    /** Of those ids the alerts that are known. */
    static List<AlertView> byIds(Handle handle, Collection<String> ids) {
        return list(
                handle,
                new Conditions().and("alert.id IN (SELECT value FROM json_each(:value))", Json.array(ids)),
                "alert.id",
                ids.size());
    }

    static List<AlertView> list(Handle handle, Conditions conditions, String order, int limit) {
        return AlertView.of(
                handle,
                handle.createQuery("SELECT " + AlertFacts.COLUMNS + "\nFROM alert\n" + conditions.where()
                                + "\nORDER BY " + order + "\nLIMIT " + limit)
                        .bindMap(conditions.values())
                        .map((set, context) -> AlertFacts.of(new Row(set)))
                        .list());
    }
}
