package dev.forebear.cli.evaluate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Who is related to whom in a zoo, from its lineage. A lineage that goes in circles is taken as it is. */
final class Kinship {

    private final Map<String, LineageEntry> entries = new HashMap<>();
    private final List<Set<String>> ancestors = new ArrayList<>();
    private final List<Set<String>> connected = new ArrayList<>();

    Kinship(Lineage lineage) {
        lineage.models().forEach(entry -> entries.put(entry.id(), entry));
        for (LineageEntry entry : lineage.models()) {
            ancestors.add(closure(entry.id(), LineageEntry::parents));
            connected.add(closure(entry.id(), Kinship::anyParents));
        }
    }

    /** How the models at two positions are related. */
    Truth between(int first, int second) {
        if (!Collections.disjoint(ancestors.get(first), ancestors.get(second))) {
            return Truth.RELATED;
        }
        return Collections.disjoint(connected.get(first), connected.get(second)) ? Truth.INDEPENDENT : Truth.AMBIGUOUS;
    }

    /** Whether the first is an ancestor of the second over direct weight parents, or the model itself. */
    boolean descends(String ancestor, int model) {
        return ancestors.get(model).contains(ancestor);
    }

    /**
     * The training from random numbers that a model goes back to, whatever the way; of several the first by name.
     * Models of one training are repetitions of each other where an independent model is held against them.
     */
    String training(int model) {
        Set<String> all = new TreeSet<>(connected.get(model));
        return all.stream()
                .filter(this::isTraining)
                .findFirst()
                .orElseGet(() -> all.iterator().next());
    }

    private boolean isTraining(String id) {
        LineageEntry entry = entries.get(id);
        return entry == null || anyParents(entry).isEmpty();
    }

    private Set<String> closure(String id, Function<LineageEntry, List<String>> parents) {
        Set<String> found = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(id));
        while (!open.isEmpty()) {
            String next = open.pop();
            LineageEntry entry = entries.get(next);
            if (found.add(next) && entry != null) {
                open.addAll(parents.apply(entry));
            }
        }
        return found;
    }

    private static List<String> anyParents(LineageEntry entry) {
        List<String> all = new ArrayList<>(entry.parents());
        all.addAll(entry.softParents());
        return all;
    }
}
