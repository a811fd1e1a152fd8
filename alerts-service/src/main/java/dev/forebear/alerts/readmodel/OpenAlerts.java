package dev.forebear.alerts.readmodel;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Alerts on a model that are not resolved.
 *
 * @param worstRank severity of the most severe; null when there are none
 */
public record OpenAlerts(int count, @Nullable Integer worstRank) {

    public static final OpenAlerts NONE = new OpenAlerts(0, null);

    private static final String BY_MODEL = """
        SELECT a.derived_model_id, count(*), max(a.severity_rank)
        FROM json_each(:models) j CROSS JOIN alert a ON a.derived_model_id = j.value
        WHERE a.state <> 'resolved' GROUP BY a.derived_model_id
        """;

    /** By model id; models without any are left out. */
    public static Map<String, OpenAlerts> of(Handle handle, Collection<String> modelIds) {
        Map<String, OpenAlerts> alerts = new HashMap<>();
        handle.createQuery(BY_MODEL)
                .bind("models", JsonArray.of(modelIds))
                .map((row, context) -> Map.entry(row.getString(1), new OpenAlerts(row.getInt(2), row.getInt(3))))
                .forEach(entry -> alerts.put(entry.getKey(), entry.getValue()));
        return alerts;
    }
}
