package dev.forebear.alerts.api;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What an erasure covers, as the read model has it. A model is named as it was uploaded, or as its registry calls it
 * now; a version by its whole id.
 *
 * @param id a model id, or a model version id
 * @param whole whether it is a model, and all its versions are meant
 */
record Erasures(String id, boolean whole, List<Version> versions) {

    /** So many versions are named in an answer; all are erased. */
    private static final int NAMED = 100;

    record Version(
            String id,
            String modelId,
            String registry,
            String name,
            String version,
            @Nullable Instant uploadedAt,
            boolean fingerprinted) {}

    /** Empty when nothing of that name is known. */
    static Erasures of(Handle handle, String id) {
        List<Version> one = find(handle, "id = :id", id);
        return one.isEmpty()
                ? new Erasures(id, true, find(handle, "model_id = :id OR registry || '/' || name_now = :id", id))
                : new Erasures(id, false, one);
    }

    private static List<Version> find(Handle handle, String condition, String id) {
        return handle.createQuery("""
            SELECT id, model_id, registry, name, version, uploaded_at, fingerprinted_at IS NOT NULL AS fingerprinted
            FROM model_version WHERE %s ORDER BY id
            """.formatted(condition))
                .bind("id", id)
                .map((row, context) -> new Version(
                        row.getString("id"),
                        row.getString("model_id"),
                        row.getString("registry"),
                        row.getString("name"),
                        row.getString("version"),
                        uploadedAt(row),
                        row.getBoolean("fingerprinted")))
                .list();
    }

    private static @Nullable Instant uploadedAt(ResultSet row) throws SQLException {
        long millis = row.getLong("uploaded_at");
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    /** The time of the erasure: now, or later where the clock of a registry is ahead, so that all of it is covered. */
    Instant at(Instant now) {
        return versions.stream()
                .map(Version::uploadedAt)
                .filter(Objects::nonNull)
                .filter(now::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(now);
    }

    ErasureView view(Handle handle, String reason, String by, @Nullable Instant at) {
        String ids = Json.array(versions.stream().map(Version::id).toList());
        return new ErasureView(
                id,
                versions.stream().limit(NAMED).map(Version::id).toList(),
                versions.size(),
                versions.stream().filter(Version::fingerprinted).count(),
                count(handle, "report WHERE model_version_id IN (SELECT value FROM json_each(:ids))", ids),
                count(handle, """
                    alert WHERE state <> 'resolved' AND id IN (SELECT alert_id FROM alert_version
                        WHERE model_version_id IN (SELECT value FROM json_each(:ids)))
                    """, ids),
                count(handle, """
                    (SELECT DISTINCT derived_id FROM match WHERE base_id IN (SELECT value FROM json_each(:ids))
                        AND derived_id NOT IN (SELECT value FROM json_each(:ids)))
                    """, ids),
                reason,
                by,
                at == null ? null : at.toString());
    }

    private static long count(Handle handle, String rows, String ids) {
        return handle.createQuery("SELECT count(*) FROM " + rows)
                .bind("ids", ids)
                .mapTo(Long.class)
                .one();
    }
}
