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
     * The trainings from random numbers that a model goes back to, whatever the way. Models of the same trainings are
     * repetitions of each other where an independent model is held against them.
     */
    Set<String> trainings(int model) {
        Set<String> first = new TreeSet<>(connected.get(model));
        first.removeIf(
                id -> entries.containsKey(id) && !anyParents(entries.get(id)).isEmpty());
        return first.isEmpty() ? new TreeSet<>(connected.get(model)) : first;
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
