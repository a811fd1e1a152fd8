package dev.forebear.alerts.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * All that descends from some model versions, or all that they descend from. Every proven edge is followed, so that
 * nobody is missed whose parents are not known; how far away somebody is is counted in direct steps, where there are.
 *
 * @param relatives the nearest first, then by id; those asked for are not among them
 * @param direct the direct steps between all of them
 * @param truncated whether there are more, which were not looked for
 */
record Kin(List<Relative> relatives, List<Step> direct, boolean truncated) {

    /** Beyond this many edges a family is not looked through to its end. */
    private static final int MOST_EDGES = 100_000;

    private static final int MOST_RELATIVES = 20_000;

    /** Which way to go from those asked for. */
    enum Way {
        ANCESTORS("derived_id"),
        DESCENDANTS("base_id");

        private final String column;

        Way(String column) {
            this.column = column;
        }

        private String from(Step step) {
            return this == ANCESTORS ? step.derived() : step.base();
        }

        private String to(Step step) {
            return this == ANCESTORS ? step.base() : step.derived();
        }
    }

    /**
     * Somebody who was reached.
     *
     * @param depth steps from those asked for, 1 or more
     * @param through the last of them
     */
    record Relative(String id, int depth, Step through) {}

    Kin {
        relatives = List.copyOf(relatives);
        direct = List.copyOf(direct);
    }

    static Kin of(Handle handle, Collection<String> roots, Way way) {
        List<Step> steps = new ArrayList<>();
        Set<String> seen = new HashSet<>(roots);
        Collection<String> frontier = roots;
        while (!frontier.isEmpty() && steps.size() < MOST_EDGES && seen.size() < MOST_RELATIVES) {
            List<Step> found = steps(handle, frontier, way, MOST_EDGES - steps.size());
            steps.addAll(found);
            frontier = found.stream().map(way::to).filter(seen::add).toList();
        }
        boolean truncated = !frontier.isEmpty() || steps.size() >= MOST_EDGES;
        return new Kin(
                nearestFirst(Set.copyOf(roots), steps, way),
                steps.stream().filter(Step::direct).toList(),
                truncated);
    }

    /** By direct steps as far as they lead; from there by whatever else is proven. */
    private static List<Relative> nearestFirst(Set<String> roots, List<Step> steps, Way way) {
        Map<String, List<Step>> from = new HashMap<>();
        steps.forEach(step ->
                from.computeIfAbsent(way.from(step), id -> new ArrayList<>()).add(step));
        Map<String, Relative> reached = new HashMap<>();
        spread(reached, roots, from, way, Step::direct);
        spread(reached, roots, from, way, step -> true);
        return reached.values().stream()
                .sorted(Comparator.comparingInt(Relative::depth).thenComparing(Relative::id))
                .toList();
    }

    private static void spread(
            Map<String, Relative> reached,
            Set<String> roots,
            Map<String, List<Step>> from,
            Way way,
            Predicate<Step> which) {
        var queue = new PriorityQueue<Place>(Comparator.comparingInt(Place::depth));
        roots.forEach(root -> queue.add(new Place(root, 0)));
        reached.values().forEach(relative -> queue.add(new Place(relative.id, relative.depth)));
        while (!queue.isEmpty()) {
            Place place = queue.remove();
            for (Step step : from.getOrDefault(place.id, List.of())) {
                String to = way.to(step);
                if (which.test(step) && !roots.contains(to) && !reached.containsKey(to)) {
                    reached.put(to, new Relative(to, place.depth + 1, step));
                    queue.add(new Place(to, place.depth + 1));
                }
            }
        }
    }

    private static List<Step> steps(Handle handle, Collection<String> frontier, Way way, int limit) {
        return handle.createQuery(
                        """
                        SELECT match.*, match.parent = 1 OR NOT EXISTS (
                            SELECT 1 FROM match AS other
                            WHERE other.derived_id = match.derived_id AND other.parent = 1 AND other.proven = 1
                        ) AS direct
                        FROM json_each(:frontier) AS asked JOIN match ON match.%s = asked.value
                        WHERE match.proven = 1
                        LIMIT %d"""
                                .formatted(way.column, limit))
                .bind("frontier", Json.array(frontier))
                .map((set, context) -> Step.of(new Row(set)))
                .list();
    }

    private record Place(String id, int depth) {}
}
