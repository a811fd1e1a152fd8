package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * Whom the present revision of an alert is owed to. Alerts and deliveries come from two topics, so either may be read
 * first: an alert is owed what no delivery in {@code delivery_alert} settles, and a delivery takes away what it
 * settles. A revision that is older than the topic of the deliveries remembers is owed to nobody: it may have been
 * told.
 */
final class OwedTable {

    private static final Duration REMEMBERED = Objects.requireNonNull(Topics.ALERT_DELIVERIES.retention());

    private final Statements sql;
    private final InstantSource clock;

    OwedTable(Statements sql, InstantSource clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** An alert's last state, and the channels that its present revision must be told to. */
    void put(String alertId, List<String> channels, int revision, Instant since) {
        delete(alertId);
        if (since.isBefore(clock.instant().minus(REMEMBERED))) {
            return;
        }
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

    /** Gives up what is too old to know whether it was told. */
    void lapse() {
        sql.run("DELETE FROM owed WHERE since < ?", clock.instant().minus(REMEMBERED));
    }

    void delete(String alertId) {
        sql.run("DELETE FROM owed WHERE alert_id = ?", alertId);
    }
}
