package dev.forebear.alerts.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What became of telling a channel of an alert as it is now. */
record ToldView(
        String channel,
        String outcome,
        @Nullable String at,
        @Nullable String detail) {

    private static final String OF_ALERTS = """
        WITH asked(id) AS (SELECT value FROM json_each(:ids))
        SELECT told.alert_id, told.channel, delivery.outcome, delivery.at, delivery.detail
        FROM asked
        CROSS JOIN alert ON alert.id = asked.id
        CROSS JOIN delivery_alert AS told ON told.alert_id = alert.id AND told.revision = alert.revision
        CROSS JOIN delivery ON delivery.message_id = told.message_id AND delivery.last = 1
        UNION ALL
        SELECT owed.alert_id, owed.channel, 'waiting', NULL, NULL
        FROM asked
        CROSS JOIN owed ON owed.alert_id = asked.id
        ORDER BY 1, 2, 4\
        """;

    /** By alert; of each channel the last word, and {@code waiting} only where there is no other. */
    static Map<String, List<ToldView>> of(Handle handle, Collection<String> alertIds) {
        Map<String, Map<String, ToldView>> byAlert = new HashMap<>();
        handle.createQuery(OF_ALERTS)
                .bind("ids", Json.array(alertIds))
                .map((set, context) -> {
                    var row = new Row(set);
                    var told = new ToldView(
                            row.text("channel"), row.text("outcome"), row.timeOrNull("at"), row.textOrNull("detail"));
                    return Map.entry(row.text("alert_id"), told);
                })
                // Null sorts first: an attempt takes the place of 'waiting', and a later one that of an earlier.
                .forEach(entry -> byAlert.computeIfAbsent(entry.getKey(), id -> new TreeMap<>())
                        .put(entry.getValue().channel, entry.getValue()));
        Map<String, List<ToldView>> all = new HashMap<>();
        byAlert.forEach((id, channels) -> all.put(id, new ArrayList<>(channels.values())));
        return all;
    }
}
