package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.ModelReference;
import java.util.HashSet;
import java.util.Set;

/** The names by which declarations mean a model. */
final class NameTable {

    private final Statements sql;

    NameTable(Statements sql) {
        this.sql = sql;
    }

    private record Name(String registry, String name) {}

    /** Makes the names of a model anew; after the rows of its versions. */
    void refresh(String modelId) {
        Set<Name> known = new HashSet<>(sql.rows(
                row -> new Name(row.getString(1), row.getString(2)),
                "SELECT registry, name FROM model_name WHERE model_id = ?",
                modelId));
        Set<Name> names = names(modelId);
        if (!names.equals(known)) {
            sql.run("DELETE FROM model_name WHERE model_id = ?", modelId);
            names.forEach(name -> sql.run(
                    "INSERT INTO model_name (segment, model_id, registry, name) VALUES (?, ?, ?, ?)",
                    ModelReference.lastSegment(name.name()),
                    modelId,
                    name.registry(),
                    name.name()));
        }
    }

    private Set<Name> names(String modelId) {
        Set<Name> names = new HashSet<>();
        sql.rows(row -> new Name(row.getString(1), row.getString(2)), """
            SELECT registry, name FROM model_version WHERE model_id = ?1
            UNION SELECT registry, name_now FROM model_version WHERE model_id = ?1 AND name_now IS NOT NULL
            UNION SELECT v.registry, f.other_names FROM model_version v
                CROSS JOIN fingerprint f ON f.model_version_id = v.id
                WHERE v.model_id = ?1 AND f.other_names <> ''
            """, modelId)
                .forEach(row -> row.name()
                        .lines()
                        .filter(name -> !name.isBlank())
                        .map(name -> new Name(row.registry(), name))
                        .forEach(names::add));
        return names;
    }
}
