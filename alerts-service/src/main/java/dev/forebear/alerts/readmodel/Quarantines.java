package dev.forebear.alerts.readmodel;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The quarantines that hold, and whom they cover: the versions that are quarantined, and whoever has their weights.
 *
 * @param all the widest first
 * @param covered the quarantines of a model version, by its id
 */
record Quarantines(List<Quarantine> all, Map<String, List<Quarantine>> covered) {

    private static final String ALL =
            "SELECT * FROM quarantine WHERE lifted_at IS NULL ORDER BY version IS NOT NULL, quarantined_at, id";
    private static final String COVERED = """
        WITH RECURSIVE same (id, quarantine) AS (
            SELECT v.id, q.id FROM quarantine q CROSS JOIN model_version v ON v.model_id = q.model_id
                WHERE q.lifted_at IS NULL AND (q.version IS NULL OR q.version = v.version)
            UNION
            SELECT m.base_id, q.id FROM quarantine q CROSS JOIN match m ON m.base_model_id = q.model_id
                WHERE q.lifted_at IS NULL AND (q.version IS NULL OR m.base_id = q.id)
            UNION
            SELECT m.derived_id, same.quarantine FROM same CROSS JOIN match m ON m.base_id = same.id
                WHERE m.verdict = 'same-weights'
            UNION
            SELECT m.base_id, same.quarantine FROM same CROSS JOIN match m ON m.derived_id = same.id
                WHERE m.verdict = 'same-weights')
        SELECT id, quarantine FROM same
        """;

    static final Quarantines NONE = new Quarantines(List.of(), Map.of());

    /**
     * A quarantine that holds.
     *
     * @param version null for all versions
     */
    record Quarantine(String id, String modelId, @Nullable String version, String reason, String by, Instant at) {

        static Quarantine of(ResultSet row) throws SQLException {
            return new Quarantine(
                    row.getString("id"),
                    row.getString("model_id"),
                    row.getString("version"),
                    row.getString("reason"),
                    row.getString("quarantined_by"),
                    Instant.ofEpochMilli(row.getLong("quarantined_at")));
        }

        String registry() {
            return modelId.substring(0, modelId.indexOf('/'));
        }

        String name() {
            return modelId.substring(modelId.indexOf('/') + 1);
        }
    }

    static Quarantines of(Handle handle) {
        List<Quarantine> all = handle.createQuery(ALL)
                .map((row, context) -> Quarantine.of(row))
                .list();
        if (all.isEmpty()) {
            return NONE;
        }
        Map<String, Quarantine> byId = new HashMap<>();
        all.forEach(quarantine -> byId.put(quarantine.id, quarantine));
        Map<String, List<Quarantine>> covered = new HashMap<>();
        handle.createQuery(COVERED)
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(entry -> {
                    Quarantine quarantine = byId.get(entry.getValue());
                    if (quarantine != null) {
                        covered.computeIfAbsent(entry.getKey(), none -> new ArrayList<>())
                                .add(quarantine);
                    }
                });
        return new Quarantines(all, covered);
    }

    /** Those that cover a model version; of a model that is quarantined as a whole any version. */
    List<Quarantine> covering(String id, @Nullable String modelId) {
        List<Quarantine> covering = new ArrayList<>(covered.getOrDefault(id, List.of()));
        all.stream()
                .filter(one -> one.version == null && one.modelId.equals(modelId) && !covering.contains(one))
                .forEach(covering::add);
        return covering;
    }
}
