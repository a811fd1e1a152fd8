package dev.forebear.cli.evaluate;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the product says about one model and those that were uploaded before it; models are named by their positions in
 * the order of upload.
 *
 * @param child the model
 * @param parents those that it names as parents
 * @param reason one line: how it came to them
 * @param origins what it says about the model and each of its true origins, asked about both alone
 */
record Claims(int child, List<NamedParent> parents, String reason, Map<Integer, OriginClaim> origins) {

    Claims {
        parents = List.copyOf(parents);
        origins = Collections.unmodifiableMap(new TreeMap<>(origins));
    }

    /**
     * A model that it names as a parent.
     *
     * @param share in a merge, 0 to 1; NaN when none is stated
     * @param direction whether it says from the weights which of the two came first
     */
    record NamedParent(int model, double share, Direction direction) {}

    /**
     * What it says about a model and a true origin.
     *
     * @param kind what was done, in the words of the lineage; null when it does not call them related
     * @param detail what was done, in more words
     * @param direction which came first, from the weights alone
     * @param reason what the direction rests on
     */
    record OriginClaim(@Nullable String kind, String detail, Direction direction, String reason) {

        /** Neither a kind nor a direction. */
        static OriginClaim nothing(String reason) {
            return new OriginClaim(null, reason, Direction.UNDETERMINED, reason);
        }
    }

    /** Which of two models it says came first. */
    enum Direction {
        /** The origin, and so it is. */
        ORIGIN_FIRST,
        /** The other one. */
        CHILD_FIRST,
        /** First the one and then the other, depending on the order in which it is asked. */
        CONTRADICTORY,
        /** It does not say. */
        UNDETERMINED;

        /** What was said when the origin was asked about as the first of two. */
        static Direction ofBaseFirst(dev.forebear.signals.relation.Direction said) {
            return switch (said.base()) {
                case FIRST -> ORIGIN_FIRST;
                case SECOND -> CHILD_FIRST;
                case UNDETERMINED -> UNDETERMINED;
            };
        }

        /** What was said when the origin was asked about as the second of two. */
        static Direction ofBaseSecond(dev.forebear.signals.relation.Direction said) {
            return switch (said.base()) {
                case FIRST -> CHILD_FIRST;
                case SECOND -> ORIGIN_FIRST;
                case UNDETERMINED -> UNDETERMINED;
            };
        }
    }
}
