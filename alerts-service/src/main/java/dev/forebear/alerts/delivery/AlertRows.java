package dev.forebear.alerts.delivery;

import dev.forebear.alerts.readmodel.Words;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.Resolution;
import dev.forebear.schemas.wire.Severity;
import dev.forebear.schemas.wire.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;

/** The few alerts that a message names, with all that it says of them. */
final class AlertRows {

    private AlertRows() {}

    /** These alerts in this order; without those that are gone. */
    static List<LineageAlert> byId(Jdbi queries, List<String> alertIds) {
        if (alertIds.isEmpty()) {
            return List.of();
        }
        Map<String, LineageAlert> alerts = new HashMap<>();
        queries.useHandle(handle -> handle.createQuery("SELECT * FROM alert WHERE id IN (<ids>)")
                .bindList("ids", alertIds)
                .map((row, context) -> alert(row))
                .forEach(alert -> alerts.put(alert.getAlertId(), alert)));
        return alertIds.stream().map(alerts::get).filter(Objects::nonNull).toList();
    }

    private static LineageAlert alert(ResultSet row) throws SQLException {
        String resolution = row.getString("resolution");
        long snoozedUntil = row.getLong("snoozed_until");
        Instant until = row.wasNull() ? null : Instant.ofEpochMilli(snoozedUntil);
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
                .setVerdict(Words.parse(Verdict.class, row.getString("verdict")))
                .setLog10EValue(row.getDouble("log10_e_value"))
                .setTeam(row.getString("team"))
                .setTitle(row.getString("title"))
                .setExplanation(row.getString("explanation"))
                .setReportId(row.getString("report_id"))
                .setRevision(row.getInt("revision"))
                .setStateBy(row.getString("state_by"))
                .setStateReason(row.getString("state_reason"))
                .setSnoozedUntil(until)
                .setVersions(List.of())
                .setRoutes(List.of())
                .setOpenedAt(Instant.ofEpochMilli(row.getLong("opened_at")))
                .setUpdatedAt(Instant.ofEpochMilli(row.getLong("updated_at")))
                .setCorrelationId(row.getString("correlation_id"))
                .build();
    }
}
