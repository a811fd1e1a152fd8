package dev.forebear.alerts.readmodel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A walk over the lineage graph, breadth first: along direct steps, which tell how far away a model is, and then over
 * proven matches that no steps lead to, which count as two. Goes round cycles once, and ends after so many models.
 */
final class Walk {

    /** A proven match that no steps explain is no parent: somebody stands between, unknown. */
    static final int REMOTE = 2;

    /** Bounds what is read for one level: merges are reached several times. */
    private static final int STEPS_PER_MODEL = 4;

    private static final String TO_BASES = """
        SELECT m.derived_id AS origin, m.base_id AS target
        FROM json_each(:ids) j CROSS JOIN match m ON m.derived_id = j.value
        WHERE m.proven = 1 AND m.direct = :direct LIMIT :limit
        """;

    private final Steps steps;
    private final int maxDepth;
    private final int maxModels;
    private final Map<String, Found> found = new LinkedHashMap<>();
    private final TreeMap<Integer, List<String>> frontier = new TreeMap<>();
    private @Nullable String beyond;
    private boolean cut;

    Walk(Steps steps, int maxDepth, int maxModels) {
        this.steps = steps;
        this.maxDepth = maxDepth;
        this.maxModels = maxModels;
    }

    /** From models to what they were made from. */
    static Walk toBases(Handle handle, int maxDepth, int maxModels) {
        return new Walk(read(handle), maxDepth, maxModels);
    }

    /**
     * A model that was reached.
     *
     * @param depth steps from the start
     * @param via the model before it; null for a start
     */
    record Found(int depth, @Nullable String via) {}

    /** From one model to the next. */
    record Step(String origin, String target) {}

    /** Where steps lead. */
    interface Steps {

        /**
         * In the order of the origins.
         *
         * @param direct whether the steps are those of the graph, or proven matches that are none
         * @param limit most steps
         */
        List<Step> from(Collection<String> origins, boolean direct, int limit);
    }

    private static Steps read(Handle handle) {
        return (origins, direct, limit) -> handle.createQuery(TO_BASES)
                .bind("ids", JsonArray.of(origins))
                .bind("direct", direct ? 1 : 0)
                .bind("limit", limit)
                .map((row, context) -> new Step(row.getString(1), row.getString(2)))
                .list();
    }

    /** Begins at a model as well; one that was found already stays as it is. */
    void start(String id, int depth, @Nullable String via) {
        find(id, depth, via);
    }

    /** Begins at a model whose own matches are told by {@link #start}. */
    void startBeyond(String id) {
        beyond = id;
        found.put(id, new Found(0, null));
    }

    /** Walks until there is nothing more to find. */
    void run() {
        alongSteps();
        while (!cut && !isFull() && overRemoteMatches()) {
            alongSteps();
        }
    }

    /** Walks along direct steps only. */
    void alongSteps() {
        while (!frontier.isEmpty() && !isFull()) {
            Map.Entry<Integer, List<String>> level = frontier.pollFirstEntry();
            steps(level.getValue(), true).forEach(step -> find(step.target(), level.getKey() + 1, step.origin()));
        }
    }

    /** What was reached, in the order of its finding. */
    Map<String, Found> found() {
        return Collections.unmodifiableMap(found);
    }

    /** Whether there is more, too far away or too much. */
    boolean isCut() {
        return cut;
    }

    private boolean isFull() {
        return found.size() >= maxModels;
    }

    private boolean overRemoteMatches() {
        int before = found.size();
        Map<String, Found> known = new HashMap<>(found);
        known.remove(beyond);
        for (Step step : steps(known.keySet(), false)) {
            find(
                    step.target(),
                    known.getOrDefault(step.origin(), new Found(0, null)).depth() + REMOTE,
                    step.origin());
        }
        return found.size() > before;
    }

    private void find(String id, int depth, @Nullable String via) {
        if (found.containsKey(id)) {
            return;
        }
        if (depth > maxDepth || isFull()) {
            cut = true;
            return;
        }
        found.put(id, new Found(depth, via));
        frontier.computeIfAbsent(depth, none -> new ArrayList<>()).add(id);
    }

    /** Most steps that are read at once for so many models. */
    static int mostSteps(int maxModels) {
        return STEPS_PER_MODEL * maxModels;
    }

    private List<Step> steps(Collection<String> from, boolean direct) {
        int limit = mostSteps(maxModels);
        List<Step> steps = this.steps.from(from, direct, limit);
        cut |= steps.size() == limit;
        return steps;
    }
}
