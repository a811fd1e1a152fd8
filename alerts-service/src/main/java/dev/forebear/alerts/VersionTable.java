package dev.forebear.alerts;

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

    /** Those of these versions that were deleted. */
    Set<String> deleted(Collection<String> modelVersionIds) {
        return byId(modelVersionIds).values().stream()
                .filter(version -> version.deletedAt() != null)
                .map(Version::id)
                .collect(Collectors.toSet());
    }
}
