package dev.forebear.alerts.readmodel;

import dev.forebear.alerts.readmodel.LineageGraph.Edge;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Steps from models to what was made from them, each read once, together with the edges of the graph that they are. */
final class DerivedSteps implements Walk.Steps {

    private static final String EDGES = """
        SELECT m.base_id, m.derived_id, m.direct, m.declared, m.verdict, m.relation, m.merge_weight, m.log10_e_value
        FROM json_each(:ids) j CROSS JOIN match m ON m.base_id = j.value
        WHERE m.proven = 1 AND m.direct = :direct LIMIT :limit
        """;

    private final Handle handle;
    private final Map<Kind, Map<String, List<Edge>>> known = new EnumMap<>(Kind.class);
    private boolean cut;

    DerivedSteps(Handle handle) {
        this.handle = handle;
        Stream.of(Kind.values()).forEach(kind -> known.put(kind, new HashMap<>()));
    }

    private enum Kind {
        REMOTE,
        DIRECT
    }

    @Override
    public List<Walk.Step> from(Collection<String> origins, boolean direct, int limit) {
        Map<String, List<Edge>> edges = read(origins, direct ? Kind.DIRECT : Kind.REMOTE, limit);
        return origins.stream()
                .flatMap(origin -> edges.getOrDefault(origin, List.of()).stream())
                .limit(limit)
                .map(edge -> new Walk.Step(edge.baseId(), edge.derivedId()))
                .toList();
    }

    /** The direct edges among some models. */
    List<Edge> among(Collection<String> ids, int limit) {
        Set<String> members = new HashSet<>(ids);
        Map<String, List<Edge>> edges = read(members, Kind.DIRECT, limit);
        return ids.stream()
                .flatMap(id -> edges.getOrDefault(id, List.of()).stream())
                .filter(edge -> members.contains(edge.derivedId()))
                .toList();
    }

    /** Whether not all edges were read that were asked for. */
    boolean isCut() {
        return cut;
    }

    private Map<String, List<Edge>> read(Collection<String> origins, Kind kind, int limit) {
        Map<String, List<Edge>> edges = known.getOrDefault(kind, Map.of());
        List<String> unread =
                origins.stream().filter(origin -> !edges.containsKey(origin)).toList();
        if (!unread.isEmpty()) {
            unread.forEach(origin -> edges.put(origin, new ArrayList<>()));
            List<Edge> found = handle.createQuery(EDGES)
                    .bind("ids", JsonArray.of(unread))
                    .bind("direct", kind.ordinal())
                    .bind("limit", limit)
                    .map((row, context) -> edge(row))
                    .list();
            found.forEach(
                    edge -> edges.getOrDefault(edge.baseId(), new ArrayList<>()).add(edge));
            cut |= found.size() == limit;
        }
        return edges;
    }

    private static Edge edge(ResultSet row) throws SQLException {
        double mergeWeight = row.getDouble(7);
        Double weight = row.wasNull() ? null : mergeWeight;
        return new Edge(
                row.getString(2),
                row.getString(1),
                row.getBoolean(3),
                row.getBoolean(4),
                row.getString(5),
                row.getString(6),
                weight,
                row.getDouble(8));
    }
}
