package dev.forebear.ingest.registration;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of registries that can be connected. */
public enum RegistryKind {
    HUGGING_FACE("hugging-face"),
    MLFLOW("mlflow"),
    DATABRICKS("databricks"),
    S3("s3"),
    SAGEMAKER("sagemaker"),
    AZURE_ML("azure-ml"),
    VERTEX_AI("vertex-ai"),
    OCI("oci"),
    HARBOR("harbor"),
    ARTIFACTORY("artifactory"),
    GITLAB("gitlab"),
    WEIGHTS_AND_BIASES("weights-and-biases"),
    KUBEFLOW("kubeflow"),
    CLOUD_EVENTS("cloud-events"),
    JSON("json");

    private final String word;

    RegistryKind(String word) {
        this.word = word;
    }

    /** As it is written in configuration and in {@code ModelUploaded.sender}. */
    public String word() {
        return word;
    }

    /** Whether it can announce anything by itself; the others are only asked what they hold. */
    public boolean announces() {
        return this != KUBEFLOW;
    }

    /**
     * Whether it cannot be asked which projects, workspaces or repositories there are, so that they have to be named.
     */
    public boolean needsScope() {
        return switch (this) {
            case GITLAB, ARTIFACTORY, AZURE_ML, VERTEX_AI, WEIGHTS_AND_BIASES -> true;
            default -> false;
        };
    }

    /** The kind of a word; empty when there is none. */
    public static Optional<RegistryKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(RegistryKind::word).collect(Collectors.joining(", "));
    }
}
