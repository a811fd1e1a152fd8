package dev.forebear.alerts.readmodel;

import java.time.Instant;
import java.util.List;

/**
 * Whom the present revision of an alert is owed to. Alerts and deliveries come from two topics, so either may be read
 * first: an alert is owed what no delivery in {@code delivery_alert} settles, and a delivery takes away what it
 * settles.
 */
final class OwedTable {

    private final Statements sql;

    OwedTable(Statements sql) {
        this.sql = sql;
    }

    /** An alert's last state, and the channels that its present revision must be told to. */
    void put(String alertId, List<String> channels, int revision, Instant since) {
        delete(alertId);
        for (String channel : channels) {
            sql.run("""
                INSERT OR REPLACE INTO owed (channel, alert_id, revision, since)
                SELECT ?1, ?2, ?3, ?4
                WHERE NOT EXISTS (
                    SELECT 1 FROM delivery_alert
                    WHERE alert_id = ?2 AND channel = ?1 AND settled = 1 AND revision >= ?3)
                """, channel, alertId, revision, since);
        }
    }

    /** A delivery was accepted, or given up. */
    void settle(String alertId, String channel, int revision) {
        sql.run("DELETE FROM owed WHERE channel = ? AND alert_id = ? AND revision <= ?", channel, alertId, revision);
    }

    void delete(String alertId) {
        sql.run("DELETE FROM owed WHERE alert_id = ?", alertId);
    }
}
