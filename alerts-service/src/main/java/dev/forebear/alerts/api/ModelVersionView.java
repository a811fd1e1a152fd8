package dev.forebear.alerts.api;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A version of a model, and how far it has come.
 *
 * @param alerts alerts on the model that are not resolved
 * @param severity of the most severe of them
 * @param quarantined whether nothing may descend from it
 */
record ModelVersionView(
        String id,
        String modelId,
        String registry,
        String name,
        String version,
        @Nullable String nameNow,
        @Nullable String visibility,
        @Nullable String deletedAt,
        @Nullable String sender,
        @Nullable String location,
        @Nullable String uploadedBy,
        @Nullable String uploadedAt,
        String receivedAt,
        String progress,
        @Nullable NotAnalysedView notAnalysed,
        @Nullable String licence,
        @Nullable Long parameters,
        @Nullable String fingerprintedAt,
        @Nullable String reportId,
        @Nullable String reportedAt,
        @Nullable Long comparedModels,
        int matches,
        int proven,
        boolean undeclared,
        @Nullable MatchSummary nearest,
        int alerts,
        @Nullable String severity,
        boolean quarantined) {

    static final String COLUMNS = """
        model_version.*,
        %s,
        (SELECT count(*) FROM alert
         WHERE alert.derived_model_id = model_version.model_id AND alert.state <> 'resolved') AS alerts,
        (SELECT max(alert.severity_rank) FROM alert
         WHERE alert.derived_model_id = model_version.model_id AND alert.state <> 'resolved') AS alerts_rank,
        EXISTS (SELECT 1 FROM quarantine
         WHERE quarantine.model_id = model_version.model_id AND quarantine.lifted_at IS NULL
            AND (quarantine.version IS NULL OR quarantine.version = model_version.version)) AS quarantined\
        """.formatted(MatchSummary.COLUMNS);

    static final String JOINS =
            "LEFT JOIN match ON match.derived_id = model_version.id AND match.base_id = model_version.nearest_id";

    static ModelVersionView of(Row row) throws SQLException {
        String reason = row.textOrNull("not_analysed_reason");
        Long rank = row.numberOrNull("alerts_rank");
        return new ModelVersionView(
                row.text("id"),
                row.text("model_id"),
                row.text("registry"),
                row.text("name"),
                row.text("version"),
                row.textOrNull("name_now"),
                row.textOrNull("visibility"),
                row.timeOrNull("deleted_at"),
                row.textOrNull("sender"),
                row.textOrNull("location"),
                row.textOrNull("uploaded_by"),
                row.timeOrNull("uploaded_at"),
                row.time("received_at"),
                row.text("progress"),
                reason == null ? null : NotAnalysedView.of(reason, row.textOrNull("not_analysed_message")),
                row.textOrNull("licence"),
                row.numberOrNull("parameters"),
                row.timeOrNull("fingerprinted_at"),
                row.textOrNull("report_id"),
                row.timeOrNull("reported_at"),
                row.numberOrNull("compared_models"),
                row.small("matches"),
                row.small("proven"),
                row.flag("undeclared"),
                MatchSummary.of(row),
                row.small("alerts"),
                rank == null ? null : Severities.word(rank.intValue()),
                row.flag("quarantined"));
    }
}
