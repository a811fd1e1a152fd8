package dev.forebear.checkpoint.declaration;

/** Where a declaration was found. */
public enum Source {
    MODEL_CARD("model-card"),
    ADAPTER_CONFIG("adapter-config"),
    CONFIG("config"),
    GGUF("gguf"),
    MERGEKIT("mergekit"),
    MODELFILE("modelfile"),
    MLMODEL("mlmodel"),
    CYCLONEDX("cyclonedx"),
    SPDX("spdx"),
    IN_TOTO("in-toto"),
    OCI_ANNOTATION("oci-annotation"),
    KITFILE("kitfile");

    private final String word;

    Source(String word) {
        this.word = word;
    }

    /** As it is written in records and shown to people. */
    public String word() {
        return word;
    }
}
