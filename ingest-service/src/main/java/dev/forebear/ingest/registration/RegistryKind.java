package dev.forebear.ingest.registration;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of registries that can be connected. */
public enum RegistryKind {
    HUGGING_FACE("hugging-face"),
    MLFLOW("mlflow"),
    S3("s3"),
    CLOUD_EVENTS("cloud-events");

    private final String word;

    RegistryKind(String word) {
        this.word = word;
    }

    /** As it is written in configuration and in {@code ModelUploaded.sender}. */
    public String word() {
        return word;
    }

    static Optional<RegistryKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(RegistryKind::word).collect(Collectors.joining(", "));
    }
}
