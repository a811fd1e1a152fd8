package dev.forebear.ingest.listing;

import dev.forebear.ingest.registration.JsonMapping;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import java.time.InstantSource;

/** Begins listings of registries. */
public final class Listings {

    private Listings() {}

    /**
     * Lists a registry from its API; nothing is asked before the first page. The caller closes it.
     *
     * @param clock tells when something was found whose time the registry does not tell
     * @throws IllegalArgumentException when the registration has no API
     */
    public static Listing of(Registration registration, InstantSource clock) {
        RegistryApi api = registration.api();
        if (api == null) {
            throw new IllegalArgumentException(
                    registration.alias() + ": expected an api that can be asked what the registry holds, found none");
        }
        return new PartsInTurn(registration.alias(), pages(registration, api, clock));
    }

    private static Pages pages(Registration registration, RegistryApi api, InstantSource clock) {
        return switch (registration.kind()) {
            case HUGGING_FACE -> new HuggingFacePages(registration, api, clock);
            case MLFLOW -> new MlflowPages(registration, api, clock, MlflowDialect.SERVER);
            case DATABRICKS -> new MlflowPages(registration, api, clock, MlflowDialect.DATABRICKS);
            case GITLAB -> new MlflowPages(registration, api, clock, MlflowDialect.GITLAB);
            case OCI -> new OciPages(registration, api, clock);
            case HARBOR -> new HarborPages(registration, api, clock);
            case SAGEMAKER -> new SageMakerPages(registration, api, clock);
            case AZURE_ML -> new AzureMlPages(registration, api, clock);
            case VERTEX_AI -> new VertexAiPages(registration, api, clock);
            case WEIGHTS_AND_BIASES -> new WeightsAndBiasesPages(registration, api, clock);
            case KUBEFLOW -> new KubeflowPages(registration, api, clock);
            case S3 -> new S3Pages(registration, api, clock);
            case ARTIFACTORY -> new ArtifactoryPages(registration, api, clock);
            case CLOUD_EVENTS -> new MappedPages(registration, api, JsonMapping.PLAIN, clock);
            case JSON ->
                new MappedPages(registration, api, registration.reading().mapping(), clock);
        };
    }
}
