package dev.forebear.match;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a search of one shard found.
 *
 * @param compared models of the shard that were comparable
 * @param incomparable models of the shard that were not
 */
record Relatives(List<Relative> found, long compared, long incomparable) {

    /** Candidates of a shard that are worth sending: those with the smallest p-values, the declared, the earliest. */
    private static final int MOST_LIKELY = 64;

    /** Candidates of a shard that may prove nothing but are nominated for a comparison of both checkpoints. */
    private static final int NOMINEES = 8;

    private static final Comparator<Relative> MOST_LIKELY_FIRST =
            first(Comparator.comparingDouble(relative -> relative.compared().log10PValue()));
    private static final Comparator<Relative> MOST_ALIKE_FIRST =
            first(Comparator.comparingDouble(relative -> -relative.compared().nomination()));

    /** Those worth sending to the judge, who asks only about what the model may descend from. */
    Collection<Relative> best(IndexedModel asked) {
        Map<String, Relative> byId = found.stream()
                .filter(relative -> asked.mayDescendFrom(relative.other()))
                .collect(Collectors.toMap(Relative::modelVersionId, Function.identity()));
        var passed = byId.values().stream().map(Relative::screened).toList();
        var nearest = Screened.nearest(passed).stream().map(byId::get).toList();
        var chosen = new LinkedHashSet<String>();
        nearest.stream()
                .filter(relative -> relative.screened().likely())
                .sorted(MOST_LIKELY_FIRST)
                .limit(MOST_LIKELY)
                .forEach(relative -> chosen.add(relative.modelVersionId()));
        chosen.addAll(Screened.earliestMentioned(asked, passed));
        chosen.addAll(Screened.earliestLikely(passed));
        nearest.stream()
                .filter(relative -> relative.compared().nominated())
                .sorted(MOST_ALIKE_FIRST)
                .limit(NOMINEES)
                .forEach(relative -> chosen.add(relative.modelVersionId()));
        return chosen.stream().map(byId::get).toList();
    }

    /** In this order, and among equals by name. */
    private static Comparator<Relative> first(Comparator<Relative> order) {
        return order.thenComparing(Relative::modelVersionId);
    }
}
