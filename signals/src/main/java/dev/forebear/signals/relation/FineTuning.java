package dev.forebear.signals.relation;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How far all weights moved, and where most. */
final class FineTuning {

    private static final int NAMED = 3;

    private FineTuning() {}

    static Named of(RelatedPair pair) throws IOException {
        if (pair.tensors().body().isEmpty()) {
            return new Named(RelationKind.FINE_TUNED, "no rows to compare");
        }
        TensorChange total = pair.change();
        if (total.unchanged()) {
            return new Named(RelationKind.FINE_TUNED, "no projection changed, only what is around them");
        }
        Map<Integer, List<TensorChange>> layers = pair.changes().entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getKey().derivedLayer(),
                        TreeMap::new,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        List<Integer> most = layers.entrySet().stream()
                .sorted(Comparator.comparingDouble(
                        entry -> -TensorChange.sum(entry.getValue()).relativeChange()))
                .limit(NAMED)
                .map(Map.Entry::getKey)
                .toList();
        long frozen = layers.values().stream()
                .filter(changes -> changes.stream().allMatch(TensorChange::unchanged))
                .count();
        String where = layers.size() == 1
                ? ""
                : ", most in layers "
                        + most.stream().map(String::valueOf).collect(Collectors.joining(", "))
                        + (frozen == 0 ? "" : ", " + frozen + " of " + layers.size() + " layers not at all");
        return new Named(
                RelationKind.FINE_TUNED,
                String.format(
                        Locale.ROOT,
                        "similarity %.3f, changed by %.1f %%%s",
                        total.similarity(),
                        100 * total.relativeChange(),
                        where));
    }
}
