package dev.forebear.alerts;

import dev.forebear.alerts.readmodel.Words;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.AlertVersion;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.Resolution;
import dev.forebear.schemas.wire.Severity;
import dev.forebear.schemas.wire.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Alerts as the read model has them. Thread-safe. */
final class KnownAlerts {

    private static final int BATCH = 1_000;

    private final Jdbi queries;

    KnownAlerts(Jdbi queries) {
        this.queries = queries;
    }

    /** All alerts on these models. */
    List<LineageAlert> ofModels(Collection<String> modelIds) {
        return alerts("SELECT * FROM alert WHERE derived_model_id IN (SELECT value FROM json_each(?))", modelIds);
    }

    /** These alerts, as far as they are known. */
    List<LineageAlert> byId(Collection<String> alertIds) {
        return alerts("SELECT * FROM alert WHERE id IN (SELECT value FROM json_each(?))", alertIds);
    }

    /** Every alert that is not over, one after the other. */
    void unresolved(Consumer<LineageAlert> consumer) {
        List<String> ids =
                queries.withHandle(handle -> handle.createQuery("SELECT id FROM alert WHERE state <> 'resolved'")
                        .mapTo(String.class)
                        .list());
        for (int from = 0; from < ids.size(); from += BATCH) {
            byId(ids.subList(from, Math.min(from + BATCH, ids.size()))).forEach(consumer);
        }
    }

    /** Alerts whose snooze or exception has ended. */
    Set<AlertRef> due(Instant now) {
        return refs("""
            SELECT id, derived_model_id FROM alert WHERE state = 'snoozed' AND snoozed_until <= :now
            UNION
            SELECT alert.id, alert.derived_model_id
            FROM alert LEFT JOIN policy_exception AS exception USING (exception_id)
            WHERE alert.exception_id IS NOT NULL
                AND (exception.expires_at IS NULL OR exception.expires_at <= :now OR exception.revoked_at <= :now)
            """, now);
    }

    /** Alerts that an exception in force is about, and that are not over for another reason. */
    Set<AlertRef> excepted(Instant now) {
        return refs("""
            SELECT DISTINCT alert.id, alert.derived_model_id
            FROM policy_exception AS exception JOIN alert
                ON (exception.derived_model_id IS NULL OR exception.derived_model_id = alert.derived_model_id)
                AND (exception.rule IS NULL OR exception.rule = alert.rule)
                AND (exception.base_model_id IS NULL OR exception.base_model_id = alert.base_model_id)
            WHERE exception.expires_at > :now AND exception.revoked_at IS NULL
                AND (alert.state <> 'resolved' OR alert.exception_id IS NOT NULL)
            """, now);
    }

    /** Alerts of which a version was deleted, or erased. */
    Set<AlertRef> ofDeletedVersions(Instant now) {
        return refs("""
            SELECT DISTINCT alert.id, alert.derived_model_id
            FROM alert_version JOIN model_version ON model_version.id = alert_version.model_version_id
                JOIN alert ON alert.id = alert_version.alert_id
            WHERE model_version.deleted_at <= :now
            UNION
            SELECT alert.id, alert.derived_model_id
            FROM model_change JOIN alert ON alert.derived_model_id = model_change.registry || '/' || model_change.name
                JOIN alert_version ON alert_version.alert_id = alert.id
            WHERE model_change.change = 'erased' AND model_change.received_at <= :now
                AND (model_change.version IS NULL
                    OR alert_version.model_version_id = alert.derived_model_id || '@' || model_change.version)
                AND NOT EXISTS (SELECT 1 FROM model_version WHERE id = alert_version.model_version_id)
            """, now);
    }

    private Set<AlertRef> refs(String sql, Instant now) {
        return queries.withHandle(handle -> handle.createQuery(sql)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> new AlertRef(row.getString(1), row.getString(2)))
                .set());
    }

    private List<LineageAlert> alerts(String sql, Collection<String> ids) {
        return ids.isEmpty() ? List.of() : queries.inTransaction(handle -> alerts(handle, sql, Rows.list(ids)));
    }

    private static List<LineageAlert> alerts(Handle handle, String sql, String ids) {
        List<LineageAlert.Builder> alerts = handle.createQuery(sql)
                .bind(0, ids)
                .map((row, context) -> alert(row))
                .list();
        Map<String, List<AlertVersion>> versions = versions(
                handle,
                Rows.list(alerts.stream().map(LineageAlert.Builder::getAlertId).toList()));
        return alerts.stream()
                .map(alert -> alert.setVersions(versions.getOrDefault(alert.getAlertId(), List.of()))
                        .build())
                .toList();
    }

    private static Map<String, List<AlertVersion>> versions(Handle handle, String alertIds) {
        Map<String, List<AlertVersion>> versions = new HashMap<>();
        handle.createQuery("""
            SELECT * FROM alert_version WHERE alert_id IN (SELECT value FROM json_each(?))
            ORDER BY found_at, model_version_id
            """)
                .bind(0, alertIds)
                .map((row, context) -> versions.computeIfAbsent(row.getString("alert_id"), id -> new ArrayList<>())
                        .add(new AlertVersion(
                                row.getString("model_version_id"),
                                row.getString("report_id"),
                                Rows.timeAlways(row, "found_at"))))
                .list();
        return versions;
    }

    private static LineageAlert.Builder alert(ResultSet row) throws SQLException {
        String resolution = row.getString("resolution");
        String routes = row.getString("routes");
        return LineageAlert.newBuilder()
                .setAlertId(row.getString("id"))
                .setRule(row.getString("rule"))
                .setSeverity(Words.parse(Severity.class, row.getString("severity")))
                .setState(Words.parse(AlertState.class, row.getString("state")))
                .setResolution(resolution == null ? null : Words.parse(Resolution.class, resolution))
                .setDerivedModelId(row.getString("derived_model_id"))
                .setDerivedModelVersionId(row.getString("derived_version_id"))
                .setBaseModelId(row.getString("base_model_id"))
                .setBaseModelVersionId(row.getString("base_version_id"))
                .setBaseLicence(row.getString("base_licence"))
                .setBaseFamily(row.getString("base_family"))
                .setBasePublisher(row.getString("base_publisher"))
                .setVerdict(Words.parse(Verdict.class, row.getString("verdict")))
                .setLog10EValue(row.getDouble("log10_e_value"))
                .setRelation(row.getString("relation"))
                .setDepth(row.getInt("depth"))
                .setTeam(row.getString("team"))
                .setExposure(row.getString("exposure"))
                .setTitle(row.getString("title"))
                .setExplanation(row.getString("explanation"))
                .setReportId(row.getString("report_id"))
                .setPolicyVersion(row.getString("policy_version"))
                .setRevision(row.getInt("revision"))
                .setRevisedAt(Rows.time(row, "revised_at"))
                .setRoutes(routes.isEmpty() ? List.of() : List.of(routes.split(",")))
                .setStateBy(row.getString("state_by"))
                .setStateReason(row.getString("state_reason"))
                .setStateAt(Rows.time(row, "state_at"))
                .setSnoozedUntil(Rows.time(row, "snoozed_until"))
                .setSnoozedUntilChange(row.getInt("snoozed_until_change") != 0)
                .setExceptionId(row.getString("exception_id"))
                .setNextActionOffset(row.getLong("next_action_offset"))
                .setOpenedAt(Rows.timeAlways(row, "opened_at"))
                .setUpdatedAt(Rows.timeAlways(row, "updated_at"))
                .setCorrelationId(row.getString("correlation_id"));
    }
}
