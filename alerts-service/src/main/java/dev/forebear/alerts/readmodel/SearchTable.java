package dev.forebear.alerts.readmodel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The text by which models are found. */
final class SearchTable {

    private static final String MODEL = "model";

    /** A model may have thousands of versions; they are told by their name. */
    private static final int MOST_VERSIONS = 20;

    private final Statements sql;
    private final NameTable names;
    private final Set<String> touched = new LinkedHashSet<>();

    SearchTable(Statements sql) {
        this.sql = sql;
        this.names = new NameTable(sql);
    }

    private record Document(long place, String text) {}

    /** Something was written that the model's text is made from. */
    void touch(String modelId) {
        touched.add(modelId);
    }

    /** Makes the touched texts anew; after the rows of the model versions. */
    void refresh() {
        touched.forEach(this::refresh);
        touched.clear();
    }

    void forget() {
        touched.clear();
    }

    private void refresh(String modelId) {
        names.refresh(modelId);
        Document known = sql.row(
                row -> new Document(row.getLong(1), row.getString(2)),
                "SELECT place, text FROM search_document WHERE kind = ? AND id = ?",
                MODEL,
                modelId);
        String text = text(modelId);
        if (known != null && !known.text().equals(text)) {
            remove(modelId, known);
        }
        if (text != null && (known == null || !known.text().equals(text))) {
            add(modelId, text);
        }
    }

    /** Null when there is no such model. */
    private @Nullable String text(String modelId) {
        List<@Nullable String> names = sql.rows(row -> row.getString(1), """
            SELECT id FROM model_version WHERE model_id = ?1 ORDER BY received_at DESC, id LIMIT ?2
            """, modelId, MOST_VERSIONS);
        if (names.isEmpty()) {
            return null;
        }
        List<@Nullable String> lines = new ArrayList<>();
        lines.addAll(names);
        lines.addAll(sql.rows(row -> row.getString(1), """
            SELECT DISTINCT registry || '/' || name_now FROM model_version WHERE model_id = ?1
            UNION SELECT licence FROM model_version WHERE model_id = ?1
            UNION SELECT family FROM model_version WHERE model_id = ?1
            UNION SELECT publisher FROM model_version WHERE model_id = ?1
            UNION SELECT f.other_names FROM model_version v CROSS JOIN fingerprint f ON f.model_version_id = v.id
                WHERE v.model_id = ?1 AND f.other_names <> ''
            UNION SELECT m.base_model_id FROM model_version v CROSS JOIN match m ON m.derived_id = v.id
                WHERE v.model_id = ?1 AND m.proven = 1 AND m.base_model_id <> ?1
            UNION SELECT m.base_licence FROM model_version v CROSS JOIN match m ON m.derived_id = v.id
                WHERE v.model_id = ?1 AND m.proven = 1
            UNION SELECT m.base_family FROM model_version v CROSS JOIN match m ON m.derived_id = v.id
                WHERE v.model_id = ?1 AND m.proven = 1
            UNION SELECT m.base_publisher FROM model_version v CROSS JOIN match m ON m.derived_id = v.id
                WHERE v.model_id = ?1 AND m.proven = 1
            UNION SELECT base_family FROM alert WHERE derived_model_id = ?1
            UNION SELECT base_publisher FROM alert WHERE derived_model_id = ?1
            """, modelId));
        lines.removeIf(line -> line == null);
        return String.join("\n", lines);
    }

    private void remove(String modelId, Document known) {
        sql.run(
                "INSERT INTO search (search, rowid, kind, id, text) VALUES ('delete', ?, ?, ?, ?)",
                known.place(),
                MODEL,
                modelId,
                known.text());
        sql.run("DELETE FROM search_document WHERE place = ?", known.place());
    }

    private void add(String modelId, String text) {
        sql.run("INSERT INTO search_document (kind, id, text) VALUES (?, ?, ?)", MODEL, modelId, text);
        sql.run("""
            INSERT INTO search (rowid, kind, id, text)
            SELECT place, kind, id, text FROM search_document WHERE kind = ? AND id = ?
            """, MODEL, modelId);
    }
}
