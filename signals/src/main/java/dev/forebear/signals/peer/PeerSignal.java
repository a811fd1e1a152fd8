package dev.forebear.signals.peer;

/** The peer's signals, in the order in which they are reported. */
public enum PeerSignal {
    ARCHITECTURE_SCREENING("architecture-screening"),
    TOKENIZER_VECTOR("tokenizer-vector"),
    VOCABULARY_OVERLAP("vocabulary-overlap"),
    EMBEDDING_ANCHORS("embedding-anchor-similarity"),
    EMBEDDING_NORMS("embedding-norm-distribution"),
    NORM_LAYERS("norm-layer-fingerprint"),
    LAYER_ENERGY("layer-energy-profile"),
    WEIGHT_VALUES("weight-value-cosine");

    private final String signalName;

    PeerSignal(String signalName) {
        this.signalName = signalName;
    }

    /** Name in reports and on the wire, kebab-case. */
    public String signalName() {
        return signalName;
    }
}
