package dev.forebear.alerts.api;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to send a message.
 *
 * @param alerts how many it tells of
 * @param alertIds which, the first {@value MOST_IDS}
 */
record DeliveryView(
        String id,
        String messageId,
        String channel,
        String purpose,
        String outcome,
        int attempt,
        @Nullable Long statusCode,
        @Nullable String detail,
        int alerts,
        List<String> alertIds,
        String at,
        @Nullable String nextAttemptAt,
        boolean last) {

    static final int MOST_IDS = 20;

    static final String COLUMNS = """
        delivery.*,
        (SELECT group_concat(alert_id) FROM (SELECT alert_id FROM delivery_alert
         WHERE delivery_alert.message_id = delivery.message_id LIMIT %d)) AS alert_ids\
        """.formatted(MOST_IDS);

    static DeliveryView of(Row row) throws SQLException {
        String ids = row.textOrNull("alert_ids");
        return new DeliveryView(
                row.small("partition") + "-" + row.number("offset"),
                row.text("message_id"),
                row.text("channel"),
                row.text("purpose"),
                row.text("outcome"),
                row.small("attempt"),
                row.numberOrNull("status_code"),
                row.textOrNull("detail"),
                row.small("alerts"),
                ids == null ? List.of() : Arrays.asList(ids.split(",")),
                row.time("at"),
                row.timeOrNull("next_attempt_at"),
                row.flag("last"));
    }
}
