package dev.forebear.alerts.readmodel;

import dev.forebear.alerts.readmodel.LineageGraph.Direction;
import dev.forebear.alerts.readmodel.LineageGraph.Edge;
import dev.forebear.alerts.readmodel.LineageGraph.Node;
import dev.forebear.schemas.ModelVersionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Cuts the part around one model out of the lineage graph. Thread-safe. */
public final class LineageGraphs {

    private static final String STARTS = """
        SELECT id FROM model_version WHERE id = :id
        UNION SELECT id FROM model_version WHERE model_id = :id
        UNION SELECT base_id FROM match WHERE base_id = :id
        """;

    private static final String NODES = """
        SELECT j.value AS id, v.licence, v.progress, v.visibility, v.received_at, v.deleted_at, v.undeclared,
            (SELECT count(*) FROM alert a
             WHERE a.derived_model_id = v.model_id AND a.state <> 'resolved') AS open_alerts,
            (SELECT max(a.severity_rank) FROM alert a
             WHERE a.derived_model_id = v.model_id AND a.state <> 'resolved') AS worst_rank
        FROM json_each(:ids) j LEFT JOIN model_version v ON v.id = j.value
        ORDER BY j.key
        """;

    private static final String EDGES = """
        SELECT m.derived_id, m.base_id, m.direct, m.declared, m.verdict, m.relation, m.merge_weight,
            m.log10_e_value
        FROM json_each(:ids) j CROSS JOIN match m ON m.derived_id = j.value
        WHERE m.proven = 1 AND +m.base_id IN (SELECT value FROM json_each(:ids))
        """;

    private final Jdbi queries;

    public LineageGraphs(Jdbi queries) {
        this.queries = queries;
    }

    /**
     * The graph around a model version, or around all versions of a model; empty when there is none of that name.
     *
     * @param id {@code <registry>/<name>@<version>} or {@code <registry>/<name>}
     * @param depth most steps
     * @param limit most nodes
     */
    public LineageGraph around(String id, Direction direction, int depth, int limit) {
        return queries.withHandle(handle -> {
            List<String> starts = handle.createQuery(STARTS)
                    .bind("id", id)
                    .mapTo(String.class)
                    .list();
            Map<String, Integer> depths = new LinkedHashMap<>();
            boolean cut = false;
            starts.stream().limit(limit).forEach(start -> depths.put(start, 0));
            if (direction != Direction.DESCENDANTS) {
                cut |= add(Walk.toBases(handle, depth, limit), starts, -1, depths);
            }
            if (direction != Direction.ANCESTORS) {
                cut |= add(Walk.toDerived(handle, depth, limit), starts, 1, depths);
            }
            cut |= depths.size() > limit;
            List<String> ids = nearest(depths, limit);
            return new LineageGraph(nodes(handle, ids, depths), edges(handle, ids), cut);
        });
    }

    private static boolean add(Walk walk, List<String> starts, int sign, Map<String, Integer> depths) {
        starts.forEach(start -> walk.start(start, 0, null));
        walk.run();
        walk.found().forEach((id, found) -> depths.putIfAbsent(id, sign * found.depth()));
        return walk.isCut();
    }

    private static List<String> nearest(Map<String, Integer> depths, int limit) {
        return depths.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> Math.abs(entry.getValue())))
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<Node> nodes(Handle handle, Collection<String> ids, Map<String, Integer> depths) {
        return handle.createQuery(NODES)
                .bind("ids", JsonArray.of(ids))
                .map((row, context) -> node(row, Objects.requireNonNull(depths.get(row.getString("id")))))
                .list();
    }

    private static List<Edge> edges(Handle handle, Collection<String> ids) {
        return handle.createQuery(EDGES)
                .bind("ids", JsonArray.of(ids))
                .map((row, context) -> edge(row))
                .list();
    }

    private static Node node(ResultSet row, int depth) throws SQLException {
        String id = row.getString("id");
        return new Node(
                id,
                ModelVersionId.parse(id).modelId(),
                depth,
                row.getString("licence"),
                row.getString("progress"),
                row.getString("visibility"),
                Statements.time(row, "received_at"),
                Statements.time(row, "deleted_at"),
                row.getBoolean("undeclared"),
                row.getInt("open_alerts"),
                (Integer) row.getObject("worst_rank"));
    }

    private static Edge edge(ResultSet row) throws SQLException {
        Object mergeWeight = row.getObject("merge_weight");
        return new Edge(
                row.getString("derived_id"),
                row.getString("base_id"),
                row.getBoolean("direct"),
                row.getBoolean("declared"),
                row.getString("verdict"),
                row.getString("relation"),
                mergeWeight == null ? null : row.getDouble("merge_weight"),
                row.getDouble("log10_e_value"));
    }
}
