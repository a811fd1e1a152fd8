package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.ModelChanged;
import java.time.Instant;
import java.util.List;

/**
 * Leaves nothing in the tables of what was erased but the change that says so. What was uploaded until then is removed
 * when the erasure is read, and left out when it is read afterwards, so that it does not matter which topic is read
 * first. What reports on other models say of an erased one stays: it is told of those.
 */
final class ErasedModels {

    private final Statements sql;
    private final ModelVersions versions;

    ErasedModels(Statements sql, ModelVersions versions) {
        this.sql = sql;
        this.versions = versions;
    }

    /** Whether a model version that was uploaded at a time was erased. */
    boolean cover(ModelVersionId id, Instant uploadedAt) {
        return sql.row(row -> row.getInt(1), """
            SELECT 1 FROM model_change
            WHERE change = 'erased' AND registry = ? AND name = ? AND (version IS NULL OR version = ?)
                AND received_at >= ?
            """, id.registry(), id.name(), id.version(), uploadedAt) != null;
    }

    /** Removes what the erasure covers. */
    void remove(ModelChanged erasure) {
        String modelId = erasure.getRegistry() + "/" + erasure.getName();
        if (erasure.getVersion() != null) {
            remove(modelId + "@" + erasure.getVersion(), erasure.getReceivedAt());
        } else {
            versionsOf(modelId).forEach(id -> remove(id, erasure.getReceivedAt()));
        }
    }

    private void remove(String id, Instant until) {
        sql.run("DELETE FROM upload WHERE model_version_id = ? AND uploaded_at <= ?", id, until);
        sql.run("DELETE FROM fingerprint WHERE model_version_id = ? AND uploaded_at <= ?", id, until);
        if (sql.run("DELETE FROM report WHERE model_version_id = ? AND latest = 1 AND uploaded_at <= ?", id, until)
                > 0) {
            sql.run("DELETE FROM match WHERE derived_id = ?", id);
            sql.run("DELETE FROM declaration WHERE derived_id = ?", id);
            sql.run("DELETE FROM declared_name WHERE derived_id = ?", id);
        }
        sql.run("DELETE FROM report WHERE model_version_id = ? AND uploaded_at <= ?", id, until);
        versions.touch(id);
    }

    // Ids of one model lie side by side in the indices; a name may itself hold an at sign.
    private List<String> versionsOf(String modelId) {
        return sql.rows(row -> row.getString(1), """
            SELECT model_version_id FROM upload WHERE model_version_id >= ?1 AND model_version_id < ?2
            UNION SELECT model_version_id FROM fingerprint
                WHERE model_version_id >= ?1 AND model_version_id < ?2
            UNION SELECT model_version_id FROM report
                WHERE model_version_id >= ?1 AND model_version_id < ?2
            """, modelId + "@", modelId + "A").stream()
                .filter(id -> ModelVersionId.parse(id).modelId().equals(modelId))
                .toList();
    }
}
