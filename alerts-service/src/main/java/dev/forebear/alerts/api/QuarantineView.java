package dev.forebear.alerts.api;

import dev.forebear.alerts.policy.Policy;
import dev.forebear.schemas.wire.QuarantinedModel;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A model that nothing may descend from, or of which that was said once.
 *
 * @param id model id, or model version id
 * @param version null for all versions
 * @param standing {@code active} or {@code lifted}
 * @param alerts on it and its descendants, that are not resolved
 */
record QuarantineView(
        String id,
        String modelId,
        @Nullable String version,
        String reason,
        String quarantinedBy,
        String quarantinedAt,
        @Nullable String liftedBy,
        @Nullable String liftedAt,
        String standing,
        long alerts) {

    static final String COLUMNS = """
        quarantine.*,
        (SELECT count(*) FROM alert WHERE alert.base_model_id = quarantine.model_id
            AND alert.rule = '%s' AND alert.state <> 'resolved') AS alerts\
        """.formatted(Policy.QUARANTINED_ANCESTOR);

    boolean isActive() {
        return liftedAt == null;
    }

    /** One that was written a moment ago; what was raised about it is not known yet. */
    static QuarantineView of(QuarantinedModel model) {
        String version = model.getVersion();
        return new QuarantineView(
                version == null ? model.getModelId() : model.getModelId() + "@" + version,
                model.getModelId(),
                version,
                model.getReason(),
                model.getQuarantinedBy(),
                model.getQuarantinedAt().toString(),
                model.getLiftedBy(),
                Json.time(model.getLiftedAt()),
                standing(model.getLiftedAt() != null),
                0);
    }

    static QuarantineView of(Row row) throws SQLException {
        String liftedAt = row.timeOrNull("lifted_at");
        return new QuarantineView(
                row.text("id"),
                row.text("model_id"),
                row.textOrNull("version"),
                row.text("reason"),
                row.text("quarantined_by"),
                row.time("quarantined_at"),
                row.textOrNull("lifted_by"),
                liftedAt,
                standing(liftedAt != null),
                row.number("alerts"));
    }

    private static String standing(boolean lifted) {
        return lifted ? "lifted" : "active";
    }
}
