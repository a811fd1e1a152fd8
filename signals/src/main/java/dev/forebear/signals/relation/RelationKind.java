package dev.forebear.signals.relation;

/** What was done to a base to make the derived model. */
public enum RelationKind {
    /** Nothing: every value is equal. */
    COPY("copy"),
    /** Written in another dtype. */
    CAST("cast"),
    /** Values were moved to a coarse grid. */
    QUANTISED("quantised"),
    /** Trained further; all weights moved. */
    FINE_TUNED("fine-tuned"),
    /** A low-rank update was added. */
    ADAPTER_MERGED("adapter-merged"),
    /** A low-rank update in a file of its own, put on the base that it declares. */
    ADAPTER("adapter"),
    /** Tokens were added or replaced. */
    VOCABULARY_CHANGED("vocabulary-changed"),
    /** Blocks were left out. */
    LAYERS_DROPPED("layers-dropped"),
    /** Blocks were used more than once. */
    LAYERS_REPEATED("layers-repeated"),
    /** Neurons or residual dimensions were left out. */
    WIDTH_PRUNED("width-pruned"),
    /** The MLPs of a dense model became experts. */
    MOE_UPCYCLED("moe-upcycled"),
    /** The weights of several models were combined. */
    MERGED("merged"),
    /** Rewritten so that it computes the same from other numbers. */
    LAUNDERED("laundered"),
    /** Both start from the same random numbers; nothing proves that what was learned is shared. */
    SHARED_INITIALISATION("shared-initialisation");

    private final String id;

    RelationKind(String id) {
        this.id = id;
    }

    /** As reports write it, kebab-case. */
    public String id() {
        return id;
    }
}
