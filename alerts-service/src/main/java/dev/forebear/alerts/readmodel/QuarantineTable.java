package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.wire.QuarantinedModel;

/** Quarantined models, each as it was said last; lifted ones stay. */
final class QuarantineTable implements TopicTables<QuarantinedModel> {

    private final Statements sql;

    QuarantineTable(Statements sql) {
        this.sql = sql;
    }

    @Override
    public void put(Place place, QuarantinedModel model) {
        String version = model.getVersion();
        sql.run(
                """
                INSERT OR REPLACE INTO quarantine (id, model_id, version, reason, quarantined_by, quarantined_at,
                    lifted_by, lifted_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                version == null ? model.getModelId() : model.getModelId() + "@" + version,
                model.getModelId(),
                version,
                model.getReason(),
                model.getQuarantinedBy(),
                model.getQuarantinedAt(),
                model.getLiftedBy(),
                model.getLiftedAt());
    }

    @Override
    public void delete(String key) {
        sql.run("DELETE FROM quarantine WHERE id = ?", key);
    }
}
