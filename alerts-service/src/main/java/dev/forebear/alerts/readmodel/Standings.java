package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.ModelVersionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What became of model versions at their registries since their upload: renamed, deleted, shown to others. Told from
 * {@code model_change} in the order in which the changes were received, whatever the order in which they were read.
 */
final class Standings {

    /** Longest way of names that is followed. */
    static final int RENAMINGS_LIMIT = 16;

    private final Statements sql;

    Standings(Statements sql) {
        this.sql = sql;
    }

    /**
     * What became of one model version.
     *
     * @param nameNow name after it was renamed; null when it was not
     * @param deletedAt when it was deleted; null when it was not, or was uploaded again since
     * @param visibility public or private; null where the registry does not tell
     */
    record Standing(
            @Nullable String nameNow,
            @Nullable Instant deletedAt,
            @Nullable String visibility) {}

    private record Change(
            String name,
            @Nullable String version,
            String kind,
            @Nullable String visibility,
            Instant receivedAt) {

        static Change of(ResultSet row) throws SQLException {
            return new Change(
                    row.getString("name"),
                    row.getString("version"),
                    row.getString("change"),
                    row.getString("visibility"),
                    Instant.ofEpochMilli(row.getLong("received_at")));
        }

        boolean isOf(String name, @Nullable String version) {
            return this.name.equals(name) && Objects.equals(this.version, version);
        }
    }

    Standing of(ModelVersionId id, VersionFacts.@Nullable Upload upload) {
        String name = nameNow(id, upload == null ? null : upload.stableId());
        List<Change> changes = sql.rows(Change::of, """
            SELECT name, version, change, visibility, received_at FROM model_change
            WHERE registry = ?1 AND name IN (?2, ?3) AND (version IS NULL OR version = ?4)
            AND change IN ('deleted', 'visibility-changed')
            ORDER BY received_at DESC, "offset" DESC, partition DESC
            """, id.registry(), name, id.name(), id.version());
        Instant uploaded = upload == null ? Instant.MIN : upload.receivedAt();
        return new Standing(
                name.equals(id.name()) ? null : name,
                deletedAt(changes, uploaded),
                visibility(changes, id, name, upload));
    }

    private static @Nullable Instant deletedAt(List<Change> changes, Instant uploaded) {
        return changes.stream()
                .filter(change -> change.kind().equals("deleted"))
                .map(Change::receivedAt)
                .filter(at -> !uploaded.isAfter(at))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /**
     * The last word on the version itself, or else on the model, under its present name, or else under its former; what
     * the announcement tells when nothing was told since.
     */
    private static @Nullable String visibility(
            List<Change> changes, ModelVersionId id, String nameNow, VersionFacts.@Nullable Upload upload) {
        String announced = upload == null ? null : upload.visibility();
        List<Predicate<Change>> subjects = List.of(
                change -> change.isOf(nameNow, id.version()),
                change -> change.isOf(nameNow, null),
                change -> change.isOf(id.name(), id.version()),
                change -> change.isOf(id.name(), null));
        return subjects.stream()
                .flatMap(subject -> changes.stream().filter(subject))
                .filter(change -> announced == null
                        || upload == null
                        || !change.receivedAt().isBefore(upload.receivedAt()))
                .map(Change::visibility)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(announced);
    }

    private String nameNow(ModelVersionId id, @Nullable String stableId) {
        String byId = stableId == null ? null : nameOf(id.registry(), stableId);
        if (byId != null) {
            return byId;
        }
        String name = id.name();
        for (int way = 0; way < RENAMINGS_LIMIT; way++) {
            String next = next(id.registry(), name);
            if (next == null) {
                return name;
            }
            name = next;
        }
        return name;
    }

    private @Nullable String nameOf(String registry, String stableId) {
        return sql.row(row -> row.getString("name"), """
            SELECT name FROM model_change WHERE registry = ? AND stable_id = ? AND change = 'moved'
            ORDER BY received_at DESC, "offset" DESC, partition DESC LIMIT 1
            """, registry, stableId);
    }

    /** The name that this one was given up for; null when it is still, or again, a model's own. */
    private @Nullable String next(String registry, String name) {
        String last = sql.row(row -> row.getString("name"), """
            SELECT name FROM model_change
            WHERE registry = ?1 AND (name = ?2 OR former_name = ?2) AND change = 'moved'
            ORDER BY received_at DESC, "offset" DESC, partition DESC LIMIT 1
            """, registry, name);
        return last == null || last.equals(name) ? null : last;
    }
}
