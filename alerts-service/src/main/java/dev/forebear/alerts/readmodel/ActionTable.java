package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.wire.AlertAction;

/** What people did with alerts. */
final class ActionTable implements TopicTables<AlertAction> {

    private final Statements sql;

    ActionTable(Statements sql) {
        this.sql = sql;
    }

    @Override
    public void put(Place place, AlertAction action) {
        sql.run(
                """
                INSERT OR REPLACE INTO alert_action (partition, "offset", action_id, alert_id, kind, author, reason,
                    until, until_change, via, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                place.partition(),
                place.offset(),
                action.getActionId(),
                action.getAlertId(),
                action.getKind(),
                action.getAuthor(),
                action.getReason(),
                action.getUntil(),
                action.getUntilChange(),
                action.getVia(),
                action.getAt());
    }
}
