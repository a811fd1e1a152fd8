package dev.forebear.checkpoint.declaration;

/** How much a declaration weighs as a claim of whoever made it. Nothing is attested here: no signature is checked. */
public enum Strength {
    /** Written as the base of this model. */
    STATED,
    /** Left behind by a tool: may name a grandparent, or the model itself. */
    HINT
}
