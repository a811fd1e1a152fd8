package dev.forebear.signals.relation;

import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;

/**
 * Which of two relatives was made from the other, from the weights alone. It answers the question as if one of them
 * were the base of the other: of two siblings it may name either, so ask only where the parent rule has excluded
 * siblings. When a model was uploaded and who signed it say more than any weight.
 *
 * @param base which one came first
 * @param certainty how sure that is
 * @param reason in words
 */
public record Direction(Base base, Certainty certainty, String reason) {

    /** Which one came first. */
    public enum Base {
        FIRST,
        SECOND,
        UNDETERMINED
    }

    /** How sure that is. */
    public enum Certainty {
        /** The way back would have had to invent what is there: information was lost, or structure added. */
        ESTABLISHED,
        /** Usual, but training can do otherwise. */
        LIKELY,
        /** The weights do not say. */
        UNDETERMINED
    }

    public Direction {
        if ((base == Base.UNDETERMINED) != (certainty == Certainty.UNDETERMINED)) {
            throw new IllegalArgumentException("a base is named with a certainty, found " + base + ", " + certainty);
        }
    }

    /** @param compared the first against the second, in this order */
    public static Direction between(ModelWeights a, ModelWeights b, CheckpointComparison compared) throws IOException {
        return new DirectionEvidence(RelatedPair.of(a, b, compared)).decide();
    }

    /** Of a blend and one of its parents: what lies between others was made from them. */
    public static Direction ofBlend(Base parent) {
        return new Direction(parent, Certainty.ESTABLISHED, "the other blends it with a third model");
    }

    static Direction established(Base base, String reason) {
        return new Direction(base, Certainty.ESTABLISHED, reason);
    }

    static Direction likely(Base base, String reason) {
        return new Direction(base, Certainty.LIKELY, reason);
    }

    static Direction undetermined(String reason) {
        return new Direction(Base.UNDETERMINED, Certainty.UNDETERMINED, reason);
    }
}
