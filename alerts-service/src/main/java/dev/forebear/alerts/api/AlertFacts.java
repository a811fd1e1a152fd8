package dev.forebear.alerts.api;

import dev.forebear.alerts.policy.Chance;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** An alert in its last state. */
record AlertFacts(
        String id,
        String rule,
        String severity,
        String state,
        @Nullable String resolution,
        String derivedModelId,
        String derivedVersionId,
        int versions,
        @Nullable String baseModelId,
        @Nullable String baseVersionId,
        @Nullable String baseLicence,
        @Nullable String baseFamily,
        @Nullable String basePublisher,
        String verdict,
        @Nullable Double log10EValue,
        String chance,
        @Nullable String relation,
        int depth,
        String registry,
        @Nullable String team,
        @Nullable String exposure,
        String title,
        String explanation,
        String reportId,
        @Nullable String policyVersion,
        int revision,
        String revisedAt,
        @Nullable String stateBy,
        @Nullable String stateReason,
        @Nullable String stateAt,
        @Nullable String snoozedUntil,
        boolean snoozedUntilChange,
        @Nullable String exceptionId,
        String openedAt,
        String updatedAt,
        String correlationId) {

    static final String COLUMNS = """
        alert.*, (SELECT count(*) FROM alert_version WHERE alert_version.alert_id = alert.id) AS versions\
        """;

    static AlertFacts of(Row row) throws SQLException {
        return new AlertFacts(
                row.text("id"),
                row.text("rule"),
                row.text("severity"),
                row.text("state"),
                row.textOrNull("resolution"),
                row.text("derived_model_id"),
                row.text("derived_version_id"),
                row.small("versions"),
                row.textOrNull("base_model_id"),
                row.textOrNull("base_version_id"),
                row.textOrNull("base_licence"),
                row.textOrNull("base_family"),
                row.textOrNull("base_publisher"),
                row.text("verdict"),
                row.decimalOrNull("log10_e_value"),
                Chance.words(row.decimal("log10_e_value")),
                row.textOrNull("relation"),
                row.small("depth"),
                row.text("registry"),
                row.textOrNull("team"),
                row.textOrNull("exposure"),
                row.text("title"),
                row.text("explanation"),
                row.text("report_id"),
                row.textOrNull("policy_version"),
                row.small("revision"),
                row.time("revised_at"),
                row.textOrNull("state_by"),
                row.textOrNull("state_reason"),
                row.timeOrNull("state_at"),
                row.timeOrNull("snoozed_until"),
                row.flag("snoozed_until_change"),
                row.textOrNull("exception_id"),
                row.time("opened_at"),
                row.time("updated_at"),
                row.text("correlation_id"));
    }
}
