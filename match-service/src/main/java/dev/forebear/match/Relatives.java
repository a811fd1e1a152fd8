package dev.forebear.match;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What a search of one shard found.
 *
 * @param compared models of the shard that were comparable
 * @param incomparable models of the shard that were not
 */
record Relatives(List<Relative> found, long compared, long incomparable) {

    /** Candidates of a shard that are worth sending: those with the smallest p-values, the declared, the earliest. */
    private static final int MOST_LIKELY = 64;

    private static final int EARLIEST = 16;

    /** Candidates of a shard that may prove nothing but are nominated for a comparison of both checkpoints. */
    private static final int NOMINEES = 8;

    /** Those worth sending to the judge. */
    Collection<Relative> best(IndexedModel asked) {
        var chosen = new LinkedHashMap<String, Relative>();
        found.stream()
                .filter(Relative::likely)
                .sorted(first(Comparator.comparingDouble(one -> one.compared().log10PValue())))
                .limit(MOST_LIKELY)
                .forEach(one -> chosen.putIfAbsent(one.modelVersionId(), one));
        found.stream()
                .filter(one -> asked.kinship().mentions(one.other().kinship()))
                .sorted(first(Comparator.comparing(Relative::uploadedAt)))
                .limit(EARLIEST)
                .forEach(one -> chosen.putIfAbsent(one.modelVersionId(), one));
        found.stream()
                .filter(Relative::likely)
                .sorted(first(Comparator.comparing(Relative::uploadedAt)))
                .limit(EARLIEST)
                .forEach(one -> chosen.putIfAbsent(one.modelVersionId(), one));
        found.stream()
                .filter(one -> one.compared().nominated())
                .sorted(first(Comparator.comparingDouble(one -> -one.compared().nomination())))
                .limit(NOMINEES)
                .forEach(one -> chosen.putIfAbsent(one.modelVersionId(), one));
        return chosen.values();
    }

    /** In this order, and among equals by name. */
    private static Comparator<Relative> first(Comparator<Relative> order) {
        return order.thenComparing(Relative::modelVersionId);
    }
}
