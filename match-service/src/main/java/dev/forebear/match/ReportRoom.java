package dev.forebear.match;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which relatives a report has room for. Every shard chooses so among its models, and the judge among what the shards
 * have chosen: what a report says does not depend on their number.
 */
final class ReportRoom {

    /** Those with the smallest p-values. */
    private static final int MOST_LIKELY = 64;

    /** Those that may prove nothing but are nominated for a comparison of both checkpoints. */
    private static final int NOMINEES = 8;

    /** Of those that the model mentions, and of those that are likely. */
    private static final int EARLIEST = 16;

    /** Relatives among which the most likely are sought; only a very large family has more. */
    private static final int NEAREST = 128;

    private ReportRoom() {}

    /** Those that a report on a model has room for, among all that it may descend from. */
    static <M> List<Relative<M>> of(Kinship asked, Collection<Relative<M>> found) {
        Map<String, Relative<M>> byId = found.stream()
                .filter(relative -> asked.mayDescendFrom(relative.screened().kinship()))
                .collect(Collectors.toMap(Relative::modelVersionId, Function.identity()));
        var passed = byId.values().stream().map(Relative::screened).toList();
        var nearest = nearest(passed).stream().map(byId::get).toList();
        var chosen = new LinkedHashSet<String>();
        nearest.stream()
                .filter(relative -> relative.screened().likely())
                .sorted(mostLikelyFirst())
                .limit(MOST_LIKELY)
                .forEach(relative -> chosen.add(relative.modelVersionId()));
        chosen.addAll(earliestMentioned(asked, passed));
        chosen.addAll(earliestLikely(passed));
        nearest.stream()
                .filter(relative -> relative.compared().nominated())
                .sorted(mostAlikeFirst())
                .limit(NOMINEES)
                .forEach(relative -> chosen.add(relative.modelVersionId()));
        return chosen.stream().map(byId::get).toList();
    }

    /** Of a very large family those whose full comparison decides about the room; of any other all. */
    static <M> List<Screened<M>> worthComparing(Kinship asked, List<Screened<M>> passed) {
        if (passed.size() <= NEAREST) {
            return passed;
        }
        Set<String> worth = new HashSet<>(nearest(passed));
        worth.addAll(earliestMentioned(asked, passed));
        worth.addAll(earliestLikely(passed));
        return passed.stream()
                .filter(one -> worth.contains(one.modelVersionId()))
                .toList();
    }

    /** Those that the screen takes for the most similar, and all that are only nominated. */
    private static <M> Set<String> nearest(Collection<Screened<M>> passed) {
        var nearest = likely(passed)
                .sorted(Comparator.comparingDouble((Screened<M> one) -> one.log10Screen())
                        .thenComparing(Screened::modelVersionId))
                .limit(NEAREST);
        var nominated = passed.stream().filter(one -> !one.likely());
        return Stream.concat(nearest, nominated).map(Screened::modelVersionId).collect(Collectors.toSet());
    }

    private static <M> List<String> earliestMentioned(Kinship asked, Collection<Screened<M>> passed) {
        return earliest(passed.stream().filter(one -> asked.mentions(one.kinship())));
    }

    private static <M> List<String> earliestLikely(Collection<Screened<M>> passed) {
        return earliest(likely(passed));
    }

    private static <M> List<String> earliest(Stream<Screened<M>> passed) {
        return passed.sorted(Comparator.comparing((Screened<M> one) -> one.uploadedAt())
                        .thenComparing(Screened::modelVersionId))
                .limit(EARLIEST)
                .map(Screened::modelVersionId)
                .toList();
    }

    private static <M> Stream<Screened<M>> likely(Collection<Screened<M>> passed) {
        return passed.stream().filter(Screened::likely);
    }

    private static <M> Comparator<Relative<M>> mostLikelyFirst() {
        return Comparator.comparingDouble((Relative<M> one) -> one.compared().log10PValue())
                .thenComparing(Relative::modelVersionId);
    }

    private static <M> Comparator<Relative<M>> mostAlikeFirst() {
        return Comparator.comparingDouble((Relative<M> one) -> -one.compared().nomination())
                .thenComparing(Relative::modelVersionId);
    }
}
