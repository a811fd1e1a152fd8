package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.wire.AlertDelivery;
import dev.forebear.schemas.wire.DeliveryOutcome;
import dev.forebear.schemas.wire.ToldAlert;
import java.util.List;

/** Attempts to send messages, and the alerts they tell of. */
final class DeliveryTables implements TopicTables<AlertDelivery> {

    private final Statements sql;
    private final OwedTable owed;

    DeliveryTables(Statements sql, OwedTable owed) {
        this.sql = sql;
        this.owed = owed;
    }

    @Override
    public void put(Place place, AlertDelivery delivery) {
        String message = messageId(delivery);
        boolean settled = delivery.getOutcome() != DeliveryOutcome.RETRYING;
        boolean last = settled || !isSettled(message);
        if (last) {
            sql.run("UPDATE delivery SET last = 0 WHERE message_id = ? AND last = 1", message);
        }
        insert(place, delivery, message, last);
        for (ToldAlert told : told(delivery)) {
            tell(delivery.getChannel(), message, told, settled);
        }
    }

    // A settled delivery stays settled, whatever a process that was thought dead still writes.
    private boolean isSettled(String message) {
        return sql.row(
                        row -> row.getInt(1),
                        "SELECT 1 FROM delivery WHERE message_id = ? AND outcome <> 'retrying' LIMIT 1",
                        message)
                != null;
    }

    private void insert(Place place, AlertDelivery delivery, String message, boolean last) {
        sql.run(
                """
                INSERT OR REPLACE INTO delivery (partition, "offset", message_id, channel, purpose, outcome, attempt,
                    status_code, detail, reference, alerts, at, next_attempt_at, last)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                place.partition(),
                place.offset(),
                message,
                delivery.getChannel(),
                delivery.getPurpose(),
                delivery.getOutcome(),
                delivery.getAttempt(),
                delivery.getStatusCode(),
                delivery.getDetail(),
                delivery.getReference(),
                told(delivery).size(),
                delivery.getAt(),
                delivery.getNextAttemptAt(),
                last);
    }

    private void tell(String channel, String message, ToldAlert told, boolean settled) {
        sql.run("""
            INSERT INTO delivery_alert (alert_id, channel, message_id, revision, state, settled)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (alert_id, channel, message_id) DO UPDATE
            SET revision = excluded.revision, state = excluded.state, settled = excluded.settled
            WHERE settled = 0 OR excluded.settled = 1 AND excluded.revision >= revision
            """, told.getAlertId(), channel, message, told.getRevision(), told.getState(), settled);
        if (settled) {
            owed.settle(told.getAlertId(), channel, told.getRevision());
        }
    }

    // What follows reads records of former versions: a message told of one alert in one state, and had no name.

    private static String messageId(AlertDelivery delivery) {
        return delivery.getMessageId().isEmpty()
                ? delivery.getAlertId() + "/" + delivery.getChannel() + "/" + Words.of(delivery.getState())
                : delivery.getMessageId();
    }

    private static List<ToldAlert> told(AlertDelivery delivery) {
        return delivery.getTells().isEmpty() && delivery.getMessageId().isEmpty()
                ? List.of(new ToldAlert(delivery.getAlertId(), 1, delivery.getState()))
                : delivery.getTells();
    }
}
