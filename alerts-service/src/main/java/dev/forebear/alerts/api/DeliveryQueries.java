package dev.forebear.alerts.api;

import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Attempts to tell channels, from the tables. */
final class DeliveryQueries {

    static final Keyset<DeliveryView> LATEST = Keyset.of(
            "delivery",
            DeliveryView.COLUMNS,
            "",
            Order.of(
                    "deliveries",
                    Order.latest("delivery.at"),
                    Order.latest("delivery.partition"),
                    Order.latest("delivery.\"offset\"")),
            DeliveryView::of);

    private static final String OF_ALERTS = """
        delivery.message_id IN (SELECT delivery_alert.message_id FROM delivery_alert
            WHERE delivery_alert.alert_id IN (SELECT value FROM json_each(:value)))\
        """;

    private DeliveryQueries() {}

    /** Last attempts of the messages that told of these alerts, the latest first. */
    static List<DeliveryView> lastOf(Handle handle, Collection<String> alertIds, int limit) {
        return alertIds.isEmpty() ? List.of() : list(handle, about(alertIds).and("+delivery.last = 1"), limit);
    }

    /** Every attempt of the messages that told of an alert, the latest first. */
    static List<DeliveryView> allOf(Handle handle, String alertId, int limit) {
        return list(handle, about(List.of(alertId)), limit);
    }

    /** That a message told of one of these alerts. */
    static Conditions about(Collection<String> alertIds) {
        return new Conditions().and(OF_ALERTS, Json.array(alertIds));
    }

    private static List<DeliveryView> list(Handle handle, Conditions conditions, int limit) {
        return handle.createQuery("SELECT " + DeliveryView.COLUMNS + "\nFROM delivery\n" + conditions.where()
                        + "\nORDER BY delivery.at DESC LIMIT " + limit)
                .bindMap(conditions.values())
                .map((set, context) -> DeliveryView.of(new Row(set)))
                .list();
    }
}
