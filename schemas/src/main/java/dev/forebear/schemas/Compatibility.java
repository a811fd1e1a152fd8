package dev.forebear.schemas;

/** Which other versions of a subject a new schema must get on with. */
public enum Compatibility {
    /** No check. */
    NONE,
    /** The new schema reads what the last one wrote. */
    BACKWARD,
    /** The new schema reads what all earlier ones wrote. */
    BACKWARD_TRANSITIVE,
    /** The last schema reads what the new one writes. */
    FORWARD,
    /** All earlier schemas read what the new one writes. */
    FORWARD_TRANSITIVE,
    /** Both directions, with the last schema. */
    FULL,
    /** Both directions, with all earlier schemas. */
    FULL_TRANSITIVE
}
