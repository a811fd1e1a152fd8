package dev.forebear.alerts.readmodel;

import dev.forebear.alerts.readmodel.LineageGraph.Direction;
import dev.forebear.alerts.readmodel.LineageGraph.Edge;
import dev.forebear.alerts.readmodel.LineageGraph.Node;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Cuts the part around one model out of the lineage graph. Thread-safe. */
public final class LineageGraphs {

    private static final String STARTS = """
        SELECT id FROM model_version WHERE id = :id
        UNION SELECT id FROM model_version WHERE model_id = :id
        UNION SELECT :id WHERE EXISTS (SELECT 1 FROM match WHERE base_id = :id)
        """;

    private static final String NODES = """
        SELECT j.value AS id, v.licence, v.progress, v.visibility, v.received_at, v.deleted_at, v.undeclared
        FROM json_each(:ids) j LEFT JOIN model_version v ON v.id = j.value
        """;

    private static final String COLUMNS =
            "m.derived_id, m.base_id, m.direct, m.declared, m.verdict, m.relation, m.merge_weight, m.log10_e_value";

    private static final String EDGES = """
        SELECT %s
        FROM json_each(:ids) j CROSS JOIN match m ON m.derived_id = j.value
        WHERE m.proven = 1 AND m.direct = 1 AND +m.base_id IN (SELECT value FROM json_each(:ids))
        """.formatted(COLUMNS);

    /** Matches that are no steps, of those whom no step reaches. */
    private static final String REMOTE = """
        SELECT %1$s
        FROM json_each(:lonely) j CROSS JOIN match m ON m.derived_id = j.value
        WHERE m.proven = 1 AND m.direct = 0 AND +m.base_id IN (SELECT value FROM json_each(:ids))
        UNION
        SELECT %1$s
        FROM json_each(:ancestors) j CROSS JOIN match m ON m.base_id = j.value
        WHERE m.proven = 1 AND m.direct = 0 AND +m.derived_id IN (SELECT value FROM json_each(:ids))
        """.formatted(COLUMNS);

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
            var derived = new DerivedSteps(handle);
            if (direction != Direction.ANCESTORS) {
                cut |= add(new Walk(derived, depth, limit), starts, 1, depths);
            }
            cut |= depths.size() > limit;
            List<String> ids = nearest(depths, limit);
            List<Edge> edges = new ArrayList<>(
                    direction == Direction.DESCENDANTS && !derived.isCut()
                            ? derived.among(ids, Walk.mostSteps(limit))
                            : edges(handle, ids));
            edges.addAll(remote(handle, ids, depths, edges));
            return new LineageGraph(nodes(handle, ids, depths), edges, cut);
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
        Set<String> models =
                ids.stream().map(id -> id.substring(0, id.lastIndexOf('@'))).collect(Collectors.toSet());
        Map<String, OpenAlerts> alerts = OpenAlerts.of(handle, models);
        return handle.createQuery(NODES)
                .bind("ids", JsonArray.of(ids))
                .map((row, context) -> {
                    String id = row.getString(1);
                    String modelId = id.substring(0, id.lastIndexOf('@'));
                    boolean isKnown = row.getString(3) != null;
                    return node(
                            row,
                            id,
                            modelId,
                            Objects.requireNonNull(depths.get(id)),
                            isKnown ? alerts.getOrDefault(modelId, OpenAlerts.NONE) : OpenAlerts.NONE);
                })
                .list();
    }

    /** The start has no nearer end, so whatever was made from it is asked for from the other side. */
    private static List<Edge> remote(Handle handle, List<String> ids, Map<String, Integer> depths, List<Edge> direct) {
        Set<String> lonely = new LinkedHashSet<>(ids);
        direct.forEach(edge -> lonely.remove(edge.outer(depths)));
        List<String> ancestors =
                lonely.stream().filter(id -> depths.getOrDefault(id, 0) != 0).toList();
        return handle.createQuery(REMOTE)
                .bind("ids", JsonArray.of(ids))
                .bind("lonely", JsonArray.of(lonely))
                .bind("ancestors", JsonArray.of(ancestors))
                .map((row, context) -> edge(row))
                .list();
    }

    private static List<Edge> edges(Handle handle, Collection<String> ids) {
        return handle.createQuery(EDGES)
                .bind("ids", JsonArray.of(ids))
                .map((row, context) -> edge(row))
                .list();
    }

    private static Node node(ResultSet row, String id, String modelId, int depth, OpenAlerts alerts)
            throws SQLException {
        return new Node(
                id,
                modelId,
                depth,
                row.getString(2),
                row.getString(3),
                row.getString(4),
                Statements.time(row, "received_at"),
                Statements.time(row, "deleted_at"),
                row.getBoolean(7),
                alerts.count(),
                alerts.worstRank());
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
