package dev.forebear.match;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model that passed the screen, or is nominated.
 *
 * @param log10Screen what the screen says of it
 * @param likely whether it passed the screen
 */
record Screened(IndexedModel other, double log10Screen, boolean likely) {

    /** Relatives among which the best are sought; only a very large family has more. */
    static final int NEAREST = 128;

    /** Of those that the model mentions, and of those that are likely. */
    private static final int EARLIEST = 16;

    private static final Comparator<Screened> NEAREST_FIRST =
            Comparator.comparingDouble(Screened::log10Screen).thenComparing(Screened::modelVersionId);
    private static final Comparator<Screened> EARLIEST_FIRST =
            Comparator.comparing(Screened::uploadedAt).thenComparing(Screened::modelVersionId);

    String modelVersionId() {
        return other.model().getModelVersionId();
    }

    private Instant uploadedAt() {
        return other.model().getUploadedAt();
    }

    /** Of a very large family those whose full comparison {@link Relatives#best} looks at; of any other all. */
    static List<Screened> worthComparing(IndexedModel asked, List<Screened> passed) {
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
    static Set<String> nearest(Collection<Screened> passed) {
        var nearest = likely(passed).sorted(NEAREST_FIRST).limit(NEAREST);
        var nominated = passed.stream().filter(one -> !one.likely());
        return Stream.concat(nearest, nominated).map(Screened::modelVersionId).collect(Collectors.toSet());
    }

    static List<String> earliestMentioned(IndexedModel asked, Collection<Screened> passed) {
        return earliest(passed.stream()
                .filter(one -> asked.kinship().mentions(one.other().kinship())));
    }

    static List<String> earliestLikely(Collection<Screened> passed) {
        return earliest(likely(passed));
    }

    private static List<String> earliest(Stream<Screened> passed) {
        return passed.sorted(EARLIEST_FIRST)
                .limit(EARLIEST)
                .map(Screened::modelVersionId)
                .toList();
    }

    private static Stream<Screened> likely(Collection<Screened> passed) {
        return passed.stream().filter(Screened::likely);
    }
}
