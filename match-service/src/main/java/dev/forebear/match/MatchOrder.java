package dev.forebear.match;

import dev.forebear.schemas.wire.LineageMatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which of many relatives a report names first: a parent, as the weights of both tell; else what is proven before what
 * is not; among that the same weights, what is declared, what was uploaded first. The nearest in weights is often a
 * sibling tuned on the same data, so similarity does not order them.
 */
final class MatchOrder {

    private static final Comparator<LineageMatch> NEAREST_FIRST = Comparator.comparing(
                    (LineageMatch match) -> !match.getParent())
            .thenComparing(match -> match.getMergeWeight() == null ? 0 : -match.getMergeWeight())
            .thenComparing(match -> !isProven(match))
            .thenComparing(match -> !match.getDeclared())
            .thenComparing(LineageMatch::getUploadedAt)
            .thenComparing(LineageMatch::getModelVersionId);

    private MatchOrder() {}

    /** Sorts, and marks the first as the nearest when it is proven. */
    static List<LineageMatch> nearestFirst(List<LineageMatch> matches) {
        var ordered = new ArrayList<LineageMatch>();
        matches.stream()
                .sorted(NEAREST_FIRST)
                .map(match -> LineageMatch.newBuilder(match)
                        .setNearest(ordered.isEmpty() && isProven(match))
                        .build())
                .forEach(ordered::add);
        return ordered;
    }

    /** Whether the weights prove that the one was made from the other, or may have been. */
    static boolean isProven(LineageMatch match) {
        return switch (match.getVerdict()) {
            case SAME_WEIGHTS, DERIVED -> true;
            case SHARES_AN_ANCESTOR, SHARED_INITIALISATION_OR_LINEAGE, NO_EVIDENCE, NOT_COMPARABLE -> false;
        };
    }
}
