package dev.forebear.signals;

/** The judgement over two models. */
public enum Verdict {
    /** The sampled weights are equal, value by value. */
    SAME_WEIGHTS,
    /** One was made from weights of the other, or both from the same third model. */
    DERIVED,
    /** Both were made from weights of the same third model. Only said where the parents of one are known. */
    SHARES_AN_ANCESTOR,
    /** They start from the same numbers, but nothing proves that what was learned is shared. Never an accusation. */
    SHARED_INITIALISATION_OR_LINEAGE,
    /** Compared, and nothing beyond chance was found. */
    NO_EVIDENCE,
    /** Nothing of the two could be compared. */
    NOT_COMPARABLE
}
