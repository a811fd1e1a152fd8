package dev.forebear.alerts.readmodel;

import dev.forebear.alerts.readmodel.FamilyTree.Direction;
import dev.forebear.alerts.readmodel.FamilyTree.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A walk over everything that is proven, and then over what is only declared, again and again until nothing is new. Who
 * is proven is found as such, whatever declarations lead to it. Downwards, whoever has the same weights is of the
 * family, whichever was uploaded first. Goes round cycles once.
 */
final class FamilyWalk {

    private static final String VERSIONS = """
        SELECT v.model_id, v.id FROM json_each(:models) j CROSS JOIN model_version v ON v.model_id = j.value
        """;

    private final Handle handle;
    private final Direction direction;
    private final int most;
    private final DeclaredEdges declarations;
    private final Map<String, Found> found = new LinkedHashMap<>();
    private final TreeMap<Integer, List<String>> frontier = new TreeMap<>();
    private final List<Hop> remote = new ArrayList<>();
    private final List<String> undeclared = new ArrayList<>();
    private final Set<String> namedModels = new HashSet<>();
    private final List<DeclaredHop> declared = new ArrayList<>();
    private final Map<Pair, Step> direct = new LinkedHashMap<>();
    private boolean cut;

    /** @param most members after which it ends */
    FamilyWalk(Handle handle, Direction direction, int most) {
        this.handle = handle;
        this.direction = direction;
        this.most = most;
        this.declarations = new DeclaredEdges(handle);
    }

    /**
     * Somebody who was reached.
     *
     * @param through null for a start
     */
    record Found(
            @Nullable String modelId, int depth, @Nullable String through, boolean proven) {}

    /** Two of whom one was made from the other. */
    record Pair(String derivedId, String baseId) {}

    /** A declaration between two who were found. */
    record DeclaredHop(String derivedId, String baseId, DeclaredEdges.Edge edge) {}

    /**
     * Where proven matches lead: whoever has the same weights is one step away, in both directions. What an adapter was
     * put on is declared; that the shapes fit proves nothing.
     */
    private enum Way {
        TO_BASES("m.derived_id = j.value WHERE m.proven = 1 AND m.basis <> 'declared'"),
        TO_DERIVED("m.base_id = j.value WHERE m.proven = 1 AND m.basis <> 'declared'"),
        COPIED("m.derived_id = j.value WHERE m.verdict = 'same-weights'");

        private final String sql;

        Way(String rows) {
            this.sql = "SELECT " + StepRow.COLUMNS + " FROM json_each(:ids) j CROSS JOIN match m ON " + rows;
        }
    }

    private record Hop(String origin, String target) {}

    /** Begins at a model version, or at the id of a model of which no version is known. */
    void start(String id, String modelId) {
        find(id, new Found(modelId, 0, null, true));
    }

    /** Walks until there is nothing more to find. */
    void run() {
        overProven();
        while (!cut && overDeclarations()) {
            overProven();
        }
    }

    /** What was reached, the starts too, in the order of its finding. */
    Map<String, Found> found() {
        return Collections.unmodifiableMap(found);
    }

    /** The direct steps that are proven, from or to those that were reached. */
    Map<Pair, Step> direct() {
        return Collections.unmodifiableMap(direct);
    }

    /** Declarations that no match proves. */
    List<DeclaredHop> declared() {
        return declared;
    }

    /** Whether there is more, which was not looked for. */
    boolean isCut() {
        return cut;
    }

    private void overProven() {
        do {
            while (!frontier.isEmpty()) {
                expand(frontier.pollFirstEntry().getValue());
            }
            remote.sort(Comparator.comparingInt(hop -> depth(hop.origin)));
            List<Hop> beyond = unexplained();
            remote.clear();
            beyond.forEach(hop -> follow(hop, Walk.REMOTE));
        } while (!frontier.isEmpty());
    }

    /** Remote matches that no direct step explains. */
    private List<Hop> unexplained() {
        List<Hop> open =
                remote.stream().filter(hop -> !found.containsKey(hop.target)).toList();
        Set<Pair> explained =
                Branches.explained(handle, open.stream().map(this::pair).toList());
        return open.stream().filter(hop -> !explained.contains(pair(hop))).toList();
    }

    private Pair pair(Hop hop) {
        return direction == Direction.ANCESTORS ? new Pair(hop.origin, hop.target) : new Pair(hop.target, hop.origin);
    }

    private void expand(List<String> level) {
        undeclared.addAll(level);
        if (direction == Direction.ANCESTORS) {
            expand(level, Way.TO_BASES);
        } else {
            expand(level, Way.TO_DERIVED);
            expand(level, Way.COPIED);
        }
    }

    private void expand(List<String> level, Way way) {
        handle.createQuery(way.sql)
                .bind("ids", JsonArray.of(level))
                .map((row, context) -> StepRow.of(row))
                .forEach(row -> expand(row, way));
    }

    private void expand(StepRow row, Way way) {
        Hop hop =
                way == Way.TO_DERIVED ? new Hop(row.baseId(), row.derivedId()) : new Hop(row.derivedId(), row.baseId());
        if (row.step() != null) {
            direct.putIfAbsent(new Pair(row.derivedId(), row.baseId()), row.step());
        }
        if (row.step() != null || way == Way.COPIED) {
            follow(hop, 1);
        } else if (!found.containsKey(hop.target)) {
            remote.add(hop);
        }
    }

    private void follow(Hop hop, int steps) {
        Found origin = found.get(hop.origin);
        if (origin != null && !found.containsKey(hop.target)) {
            String modelId = hop.target.substring(0, hop.target.lastIndexOf('@'));
            find(hop.target, new Found(modelId, origin.depth + steps, hop.origin, origin.proven));
        }
    }

    /** Whether anybody new was found. */
    private boolean overDeclarations() {
        int before = found.size();
        List<String> asking = List.copyOf(undeclared);
        undeclared.clear();
        if (direction == Direction.ANCESTORS) {
            upwards(asking);
        } else {
            downwards(asking);
        }
        return found.size() > before;
    }

    private void downwards(List<String> asking) {
        Map<String, String> nearest = new LinkedHashMap<>();
        for (String id : asking) {
            String modelId = modelId(id);
            if (modelId != null && namedModels.add(modelId)) {
                nearest.put(modelId, id);
            }
        }
        for (DeclaredEdges.Edge edge : declarations.ofBases(nearest.keySet())) {
            String base = nearest.get(edge.baseModelId());
            if (base != null) {
                declare(base, edge.derivedId(), edge.derivedId(), base, edge);
            }
        }
    }

    private void upwards(List<String> asking) {
        List<DeclaredEdges.Edge> edges = declarations.ofDerived(asking);
        Map<String, List<String>> versions = versions(edges);
        for (DeclaredEdges.Edge edge : edges) {
            String model = edge.baseModelId();
            List<String> bases =
                    model == null ? List.of(edge.declaration().name()) : versions.getOrDefault(model, List.of());
            bases.forEach(base -> declare(edge.derivedId(), base, edge.derivedId(), base, edge));
        }
    }

    private void declare(String origin, String target, String derived, String base, DeclaredEdges.Edge edge) {
        Found from = found.get(origin);
        // What a declaration means is settled where the weights prove one of those that it may mean.
        if (from == null || edge.proven() && !found.containsKey(target)) {
            return;
        }
        declared.add(new DeclaredHop(derived, base, edge));
        if (!found.containsKey(target)) {
            boolean known = direction == Direction.DESCENDANTS || edge.baseModelId() != null;
            String modelId = known ? target.substring(0, target.lastIndexOf('@')) : null;
            find(target, new Found(modelId, from.depth + 1, origin, false));
        }
    }

    private Map<String, List<String>> versions(List<DeclaredEdges.Edge> edges) {
        Set<String> models = new LinkedHashSet<>();
        edges.stream().map(DeclaredEdges.Edge::baseModelId).forEach(model -> {
            if (model != null) {
                models.add(model);
            }
        });
        Map<String, List<String>> versions = new HashMap<>();
        handle.createQuery(VERSIONS)
                .bind("models", JsonArray.of(models))
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(entry -> versions.computeIfAbsent(entry.getKey(), none -> new ArrayList<>())
                        .add(entry.getValue()));
        return versions;
    }

    private int depth(String id) {
        Found known = found.get(id);
        return known == null ? Integer.MAX_VALUE : known.depth;
    }

    private @Nullable String modelId(String id) {
        Found known = found.get(id);
        return known == null ? null : known.modelId;
    }

    private void find(String id, Found one) {
        if (found.size() >= most) {
            cut = true;
        } else if (found.putIfAbsent(id, one) == null) {
            frontier.computeIfAbsent(one.depth, none -> new ArrayList<>()).add(id);
        }
    }
}
