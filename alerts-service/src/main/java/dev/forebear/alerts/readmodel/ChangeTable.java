package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.wire.ModelChangeKind;
import dev.forebear.schemas.wire.ModelChanged;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What registries told of models since their upload; a change makes the rows of the model versions concerned anew. */
final class ChangeTable implements TopicTables<ModelChanged> {

    private final Statements sql;
    private final ModelVersions versions;
    private final ErasedModels erased;

    ChangeTable(Statements sql, ModelVersions versions, ErasedModels erased) {
        this.sql = sql;
        this.versions = versions;
        this.erased = erased;
    }

    @Override
    public void put(Place place, ModelChanged change) {
        sql.run(
                """
                INSERT OR REPLACE INTO model_change (partition, "offset", registry, name, version, stable_id, change,
                    former_name, visibility, received_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                place.partition(),
                place.offset(),
                change.getRegistry(),
                change.getName(),
                change.getVersion(),
                change.getStableId(),
                change.getChange(),
                change.getFormerName(),
                change.getVisibility(),
                change.getReceivedAt());
        if (change.getChange() == ModelChangeKind.ERASED) {
            erased.remove(change);
            return;
        }
        Set<String> names = formerNames(change);
        names.forEach(name -> touchModel(change.getRegistry(), name));
        stableIds(change, names).forEach(id -> touchStableId(change.getRegistry(), id));
    }

    /** Every name under which a model that has this one now may have been uploaded. */
    private Set<String> formerNames(ModelChanged change) {
        Set<String> names = new HashSet<>();
        add(names, change.getName());
        add(names, change.getFormerName());
        Set<String> fresh = Set.copyOf(names);
        for (int way = 0; way < Standings.RENAMINGS_LIMIT && !fresh.isEmpty(); way++) {
            Set<String> earlier = new HashSet<>();
            for (String name : fresh) {
                earlier.addAll(sql.rows(row -> row.getString(1), """
                    SELECT former_name FROM model_change
                    WHERE registry = ? AND name = ? AND change = 'moved' AND former_name IS NOT NULL
                    """, change.getRegistry(), name));
            }
            earlier.removeAll(names);
            names.addAll(earlier);
            fresh = earlier;
        }
        return names;
    }

    private Set<String> stableIds(ModelChanged change, Set<String> names) {
        Set<String> ids = new HashSet<>();
        add(ids, change.getStableId());
        for (String name : names) {
            ids.addAll(sql.rows(row -> row.getString(1), """
                SELECT stable_id FROM model_change
                WHERE registry = ? AND name = ? AND change = 'moved' AND stable_id IS NOT NULL
                """, change.getRegistry(), name));
        }
        return ids;
    }

    private void touchModel(String registry, String name) {
        touch(sql.rows(
                row -> row.getString(1), "SELECT id FROM model_version WHERE model_id = ?", registry + "/" + name));
    }

    private void touchStableId(String registry, String stableId) {
        touch(sql.rows(
                row -> row.getString(1),
                "SELECT id FROM model_version WHERE registry = ? AND stable_id = ?",
                registry,
                stableId));
    }

    private void touch(List<String> ids) {
        ids.forEach(versions::touch);
    }

    private static void add(Set<String> texts, @Nullable String text) {
        if (text != null) {
            texts.add(text);
        }
    }
}
