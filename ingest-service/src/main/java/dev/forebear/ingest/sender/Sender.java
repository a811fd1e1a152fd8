package dev.forebear.ingest.sender;

import dev.forebear.ingest.registration.Registration;

/** A registry that announces uploads: checks that an announcement is its own and says what follows from it. */
public sealed interface Sender
        permits HuggingFace,
                MlFlow,
                Databricks,
                S3,
                SageMaker,
                AzureMl,
                VertexAi,
                Oci,
                Harbor,
                Artifactory,
                GitLab,
                WeightsAndBiases,
                ListedOnly,
                FetchedOnly,
                CloudEvents,
                MappedJson {

    /** The sender of a registration, as far as it posts. */
    static Sender of(Registration registration) {
        if (registration.sources().alone()) {
            return new FetchedOnly(registration);
        }
        return switch (registration.kind()) {
            case HUGGING_FACE -> new HuggingFace(registration);
            case MLFLOW -> new MlFlow(registration);
            case S3 -> new S3(registration);
            case DATABRICKS -> new Databricks(registration);
            case SAGEMAKER -> new SageMaker(registration);
            case AZURE_ML -> new AzureMl(registration);
            case VERTEX_AI -> new VertexAi(registration);
            case OCI -> new Oci(registration);
            case HARBOR -> new Harbor(registration);
            case ARTIFACTORY -> new Artifactory(registration);
            case GITLAB -> new GitLab(registration);
            case WEIGHTS_AND_BIASES -> new WeightsAndBiases(registration);
            case KUBEFLOW -> new ListedOnly(registration);
            case CLOUD_EVENTS -> new CloudEvents(registration);
            case JSON -> new MappedJson(registration);
        };
    }

    /** The registration it acts for. */
    Registration registration();

    /** What follows from a request; never throws because of what the request says. */
    Outcome receive(Webhook webhook);
}
