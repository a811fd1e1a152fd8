package dev.forebear.alerts;

import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.alerts.readmodel.Words;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.AlertActionKind;
import dev.forebear.schemas.wire.AuditEntry;
import dev.forebear.schemas.wire.LineageAlert;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * What people did with alerts and is not yet in their state, whoever wrote it down: on any instance, or while this one
 * was down. An alert says itself which actions are in its state, so each is applied once. Used by the decisions'
 * thread.
 */
final class PendingActions {

    /** So many are applied at once. */
    private static final int BATCH = 1_000;

    private static final RowMapper<Pending> ROW = (row, context) -> new Pending(
            AlertAction.newBuilder()
                    .setAlertId(row.getString("alert_id"))
                    .setActionId(row.getString("action_id"))
                    .setKind(Words.parse(AlertActionKind.class, row.getString("kind")))
                    .setAuthor(row.getString("author"))
                    .setReason(row.getString("reason"))
                    .setUntil(Rows.time(row, "until"))
                    .setUntilChange(row.getInt("until_change") != 0)
                    .setVia(row.getString("via"))
                    .setAt(Rows.timeAlways(row, "at"))
                    .build(),
            row.getInt("partition"),
            row.getLong("offset"),
            row.getString("derived_model_id"));

    private final Ownership ownership;
    private final Jdbi queries;
    private final TopicEnds ends;
    private final KnownAlerts alerts;
    private final AuditTable audit;
    private final Decider decider;
    private final AlertWriter writer;
    private final Map<Integer, Long> looked = new HashMap<>();

    PendingActions(KafkaConfig kafka, Ownership ownership, ReadModel readModel, Decider decider, AlertWriter writer) {
        this.ownership = ownership;
        this.queries = readModel.queries();
        this.ends = new TopicEnds(kafka, queries);
        this.alerts = new KnownAlerts(queries);
        this.audit = new AuditTable(queries);
        this.decider = decider;
        this.writer = writer;
    }

    private record Pending(
            AlertAction action,
            int partition,
            long offset,
            @Nullable String modelId) {

        String noteId() {
            String id = action.getActionId();
            return "ignored-" + (id.isEmpty() ? partition + "@" + offset : id);
        }
    }

    /** Looks at everything again: models are ours that were somebody else's. */
    void forget() {
        looked.clear();
    }

    void run() throws InterruptedException {
        for (Map.Entry<Integer, Long> end : ends.of(Topics.ALERT_ACTIONS).entrySet()) {
            long from = looked.getOrDefault(end.getKey(), 0L);
            while (from < end.getValue()) {
                List<Pending> batch = pending(end.getKey(), from, end.getValue());
                apply(batch.stream().filter(this::isOurs).toList());
                from = batch.size() < BATCH ? end.getValue() : batch.getLast().offset() + 1;
                looked.put(end.getKey(), from);
            }
        }
    }

    // Nobody owns the model of an alert that is not known: one process notes it.
    private boolean isOurs(Pending pending) {
        return pending.modelId() == null
                ? ownership.owns(pending.action().getAlertId())
                : ownership.ownsModel(pending.modelId());
    }

    private List<Pending> pending(int partition, long from, long to) {
        return queries.withHandle(handle -> handle.createQuery("""
            SELECT action.*, alert.derived_model_id
            FROM alert_action AS action LEFT JOIN alert ON alert.id = action.alert_id
            WHERE action.partition = :partition AND action."offset" >= :from AND action."offset" < :to
                AND action.kind <> 'comment'
                AND (alert.id IS NULL OR action."offset" >= alert.next_action_offset)
                AND NOT EXISTS (
                    SELECT 1 FROM alert_action AS same
                    WHERE same.alert_id = action.alert_id AND same.action_id = action.action_id
                        AND same.action_id <> '' AND same."offset" < action."offset")
            ORDER BY action."offset" LIMIT :most
            """)
                .bind("partition", partition)
                .bind("from", from)
                .bind("to", to)
                .bind("most", BATCH)
                .map(ROW)
                .list());
    }

    private void apply(List<Pending> batch) throws InterruptedException {
        List<LineageAlert> known = alerts.byId(
                batch.stream().map(pending -> pending.action().getAlertId()).toList());
        Round round = decider.round(known, Scope.WHOLE);
        for (Pending pending : batch) {
            LineageAlert alert = pending.modelId() == null
                    ? null
                    : round.alert(pending.action().getAlertId(), pending.modelId());
            if (alert == null) {
                note(pending, "there is no such alert");
                continue;
            }
            AlertActions.Acted acted = AlertActions.applied(alert, pending.action(), pending.offset(), decider.now());
            if (acted.ignored() != null) {
                note(pending, acted.ignored());
            }
            round.changed(acted.alert());
        }
        writer.write(round.changed());
    }

    private void note(Pending pending, String why) throws InterruptedException {
        AlertAction action = pending.action();
        if (audit.has(pending.noteId(), action.getAt())) {
            return;
        }
        writer.audit(AuditEntry.newBuilder()
                .setEntryId(pending.noteId())
                .setAuthor(action.getAuthor())
                .setAction("alert." + Words.of(action.getKind()))
                .setSubject(action.getAlertId())
                .setDetail("ignored: " + why)
                .setRefused(true)
                .setVia(Objects.requireNonNullElse(action.getVia(), "service"))
                .setAt(action.getAt())
                .build());
    }
}
