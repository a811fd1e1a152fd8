package dev.forebear.cli.evaluate;

/** How two models are truly related. */
enum Truth {
    /** Their weights have an ancestor in common; one may be it. */
    RELATED,
    /** Connected only by a shared initial seed or by distillation. */
    AMBIGUOUS,
    /** Trained independently. */
    INDEPENDENT
}
