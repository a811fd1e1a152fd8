package dev.forebear.alerts.api;

import dev.forebear.alerts.access.AcknowledgedWriter;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.AlertActionKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Writes down what people do with alerts, and waits for the alerts to follow. Who owns the models decides what becomes
 * of an action. Thread-safe.
 */
final class ActionWriter {

    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(2);

    private static final String BEHIND = """
        SELECT count(*) FROM json_each(:actions) AS asked
        JOIN alert ON alert.id = asked.value ->> 0
        WHERE alert.next_action_offset <= asked.value ->> 1\
        """;

    private static final String NOTED = """
        SELECT count(*) FROM json_each(:actions) AS asked
        WHERE NOT EXISTS (SELECT 1 FROM alert_action WHERE alert_action.action_id = asked.value ->> 2
            AND alert_action.alert_id = asked.value ->> 0)\
        """;

    private final ReadModel model;
    private final AcknowledgedWriter writer;
    private final Changes changes;

    ActionWriter(ReadModel model, AcknowledgedWriter writer, Changes changes) {
        this.model = model;
        this.writer = writer;
        this.changes = changes;
    }

    /**
     * Writes actions; whether the alerts show all of them within two seconds.
     *
     * @throws io.javalin.http.ServiceUnavailableResponse when the broker does not acknowledge them in time
     */
    boolean writeAndAwait(List<AlertAction> actions) {
        Map<String, RecordMetadata> written = write(actions);
        String asked = Json.arrays(actions.stream()
                .map(action -> List.<Object>of(action.getAlertId(), offset(written, action), action.getActionId()))
                .toList());
        boolean commented = actions.getFirst().getKind() == AlertActionKind.COMMENT;
        return changes.await(() -> count(commented ? NOTED : BEHIND, asked) == 0, SHOWN_WITHIN);
    }

    private static long offset(Map<String, RecordMetadata> written, AlertAction action) {
        RecordMetadata metadata = written.get(action.getActionId());
        return metadata == null ? Long.MAX_VALUE : metadata.offset();
    }

    private Map<String, RecordMetadata> write(List<AlertAction> actions) {
        List<RecordMetadata> places = writer.write(Topics.ALERT_ACTIONS, AlertAction::getAlertId, actions);
        Map<String, RecordMetadata> written = new HashMap<>();
        for (int i = 0; i < actions.size(); i++) {
            written.put(actions.get(i).getActionId(), places.get(i));
        }
        return written;
    }

    private long count(String sql, String actions) {
        return model.queries()
                .withHandle(handle -> handle.createQuery(sql)
                        .bind("actions", actions)
                        .mapTo(Long.class)
                        .one());
    }
}
