package dev.forebear.cli.compare;

import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.relation.Direction;
import dev.forebear.signals.relation.Direction.Base;
import dev.forebear.signals.relation.Relation;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;

/**
 * What was done and which came first, told as if one of two relatives was made from the other. Two models alone do not
 * show that: both may come from a third, and of such siblings this means nothing.
 *
 * @param base name of the one that is taken for the base
 * @param derived name of the other
 */
record Descent(String base, String derived, Relation relation, Direction direction) {

    /** @param compared the first against the second, in this order */
    static Descent of(
            ModelWeights first,
            String nameOfFirst,
            ModelWeights second,
            String nameOfSecond,
            CheckpointComparison compared)
            throws IOException {
        Direction direction = Direction.between(first, second, compared);
        return direction.base() == Base.SECOND
                ? new Descent(
                        nameOfSecond,
                        nameOfFirst,
                        Relation.of(second, first, CheckpointComparison.between(second, first), false),
                        direction)
                : new Descent(nameOfFirst, nameOfSecond, Relation.of(first, second, compared, false), direction);
    }

    /** What was done. */
    String whatWasDone() {
        String detail = relation.detail().isEmpty() ? "" : " (" + relation.detail() + ")";
        return "If " + derived + " was made from " + base + ": "
                + relation.kind().id().replace('-', ' ') + detail + ".";
    }

    /** Which came first. */
    String whichCameFirst() {
        return switch (direction.certainty()) {
            case ESTABLISHED -> "Then " + base + " came first: " + direction.reason() + ".";
            case LIKELY -> "Then " + base + " probably came first: " + direction.reason() + ".";
            case UNDETERMINED -> "Which came first the weights do not tell: " + direction.reason() + ".";
        };
    }
}
