package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.AlertVersion;
import dev.forebear.schemas.wire.LineageAlert;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Alerts in their last state, the versions that have them, and whom they are owed to. */
final class AlertTables implements TopicTables<LineageAlert> {

    private final Statements sql;
    private final OwedTable owed;
    private final SearchTable search;

    AlertTables(Statements sql, OwedTable owed, SearchTable search) {
        this.sql = sql;
        this.owed = owed;
        this.search = search;
    }

    @Override
    public void put(Place place, LineageAlert alert) {
        ModelVersionId derived = ModelVersionId.parse(alert.getDerivedModelVersionId());
        insert(place, alert, derived);
        search.touch(derivedModelId(alert, derived));
        sql.run("DELETE FROM alert_version WHERE alert_id = ?", alert.getAlertId());
        for (AlertVersion version : versions(alert)) {
            sql.run("""
                INSERT OR REPLACE INTO alert_version (alert_id, model_version_id, report_id, found_at)
                VALUES (?, ?, ?, ?)
                """, alert.getAlertId(), version.getModelVersionId(), version.getReportId(), version.getFoundAt());
        }
        owed.put(alert.getAlertId(), alert.getRoutes(), alert.getRevision(), revisedAt(alert));
    }

    @Override
    public void delete(String key) {
        String modelId = sql.row(row -> row.getString(1), "SELECT derived_model_id FROM alert WHERE id = ?", key);
        if (modelId != null) {
            search.touch(modelId);
        }
        sql.run("DELETE FROM alert WHERE id = ?", key);
        sql.run("DELETE FROM alert_version WHERE alert_id = ?", key);
        owed.delete(key);
    }

    private void insert(Place place, LineageAlert alert, ModelVersionId derived) {
        sql.run(
                """
                INSERT OR REPLACE INTO alert (id, partition, "offset", rule, severity, severity_rank, state, resolution,
                    derived_model_id, derived_version_id, base_model_id, base_version_id, base_licence, base_family,
                    base_publisher, verdict, log10_e_value, relation, depth, registry, team, exposure, title,
                    explanation, report_id, policy_version, revision, revised_at, state_by, state_reason, state_at,
                    snoozed_until, snoozed_until_change, exception_id, opened_at, updated_at, correlation_id, routes,
                    next_action_offset)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                    ?, ?, ?, ?, ?)
                """,
                alert.getAlertId(),
                place.partition(),
                place.offset(),
                alert.getRule(),
                alert.getSeverity(),
                alert.getSeverity().ordinal(),
                alert.getState(),
                alert.getResolution(),
                derivedModelId(alert, derived),
                alert.getDerivedModelVersionId(),
                baseModelId(alert),
                alert.getBaseModelVersionId(),
                alert.getBaseLicence(),
                alert.getBaseFamily(),
                alert.getBasePublisher(),
                alert.getVerdict(),
                alert.getLog10EValue(),
                alert.getRelation(),
                alert.getDepth(),
                derived.registry(),
                alert.getTeam(),
                alert.getExposure(),
                alert.getTitle(),
                alert.getExplanation(),
                alert.getReportId(),
                alert.getPolicyVersion(),
                alert.getRevision(),
                revisedAt(alert),
                alert.getStateBy(),
                alert.getStateReason(),
                alert.getStateAt(),
                alert.getSnoozedUntil(),
                alert.getSnoozedUntilChange(),
                alert.getExceptionId(),
                alert.getOpenedAt(),
                alert.getUpdatedAt(),
                alert.getCorrelationId(),
                String.join(",", alert.getRoutes()),
                alert.getNextActionOffset());
    }

    // What follows reads records of former versions, which said less.

    private static String derivedModelId(LineageAlert alert, ModelVersionId derived) {
        return alert.getDerivedModelId().isEmpty() ? derived.modelId() : alert.getDerivedModelId();
    }

    private static @Nullable String baseModelId(LineageAlert alert) {
        String version = alert.getBaseModelVersionId();
        return alert.getBaseModelId() == null && version != null
                ? ModelVersionId.parse(version).modelId()
                : alert.getBaseModelId();
    }

    private static Instant revisedAt(LineageAlert alert) {
        return alert.getRevisedAt() == null ? alert.getOpenedAt() : alert.getRevisedAt();
    }

    private static List<AlertVersion> versions(LineageAlert alert) {
        return alert.getVersions().isEmpty() && alert.getDerivedModelId().isEmpty()
                ? List.of(new AlertVersion(alert.getDerivedModelVersionId(), alert.getReportId(), alert.getOpenedAt()))
                : alert.getVersions();
    }
}
