package dev.forebear.ingest.sender;

import dev.forebear.ingest.registration.Registration;

/** A registry that announces uploads: checks that an announcement is its own and says what follows from it. */
public sealed interface Sender permits HuggingFace, MlFlow, S3, CloudEvents, ListedOnly {

    /** The sender of a registration. */
    static Sender of(Registration registration) {
        return switch (registration.kind()) {
            case HUGGING_FACE -> new HuggingFace(registration);
            case MLFLOW -> new MlFlow(registration);
            case S3 -> new S3(registration);
            case DATABRICKS,
                    SAGEMAKER,
                    AZURE_ML,
                    VERTEX_AI,
                    OCI,
                    HARBOR,
                    ARTIFACTORY,
                    GITLAB,
                    WEIGHTS_AND_BIASES,
                    KUBEFLOW,
                    JSON -> new ListedOnly(registration);
            case CLOUD_EVENTS -> new CloudEvents(registration);
        };
    }

    /** The registration it acts for. */
    Registration registration();

    /** What follows from a request; never throws because of what the request says. */
    Outcome receive(Webhook webhook);
}
