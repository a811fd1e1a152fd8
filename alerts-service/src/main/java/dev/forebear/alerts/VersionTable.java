package dev.forebear.alerts;

import dev.forebear.schemas.ModelVersionId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What decisions need to know of model versions beside their reports, as the read model has it. Thread-safe. */
final class VersionTable {

    private final Jdbi queries;

    VersionTable(Jdbi queries) {
        this.queries = queries;
    }

    /**
     * What is known of a version.
     *
     * @param deletedAt null while it is there
     */
    record Version(
            String id,
            @Nullable String visibility,
            @Nullable String uploadedBy,
            @Nullable Instant deletedAt) {}

    /** These versions by their ids, as far as they are known. */
    Map<String, Version> byId(Collection<String> modelVersionIds) {
        return queries.withHandle(handle -> handle
                .createQuery("""
                    SELECT id, visibility, uploaded_by, deleted_at FROM model_version
                    WHERE id IN (SELECT value FROM json_each(?))
                    """)
                .bind(0, Rows.list(modelVersionIds))
                .map((row, context) -> new Version(
                        row.getString("id"),
                        row.getString("visibility"),
                        row.getString("uploaded_by"),
                        Rows.time(row, "deleted_at")))
                .stream()
                .collect(Collectors.toMap(Version::id, version -> version)));
    }

    /** Those of these versions that were deleted, or erased. */
    Set<String> deleted(Collection<String> modelVersionIds) {
        Map<String, Version> known = byId(modelVersionIds);
        return modelVersionIds.stream()
                .filter(id -> {
                    Version version = known.get(id);
                    return version == null ? isErased(ModelVersionId.parse(id)) : version.deletedAt() != null;
                })
                .collect(Collectors.toSet());
    }

    private boolean isErased(ModelVersionId id) {
        return queries.withHandle(handle -> handle.createQuery("""
            SELECT 1 FROM model_change
            WHERE change = 'erased' AND registry = :registry AND name = :name
                AND (version IS NULL OR version = :version)
            """)
                .bind("registry", id.registry())
                .bind("name", id.name())
                .bind("version", id.version())
                .mapTo(Integer.class)
                .findFirst()
                .isPresent());
    }
}
