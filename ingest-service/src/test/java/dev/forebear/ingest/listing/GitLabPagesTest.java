package dev.forebear.ingest.listing;

import dev.forebear.ingest.listing.TestRegistry.Answers;
import dev.forebear.ingest.listing.TestRegistry.Told;
import dev.forebear.ingest.registration.LocationTemplate;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import java.util.List;

class GitLabPagesTest implements ListingContract {

    @Override
    public RegistryKind kind() {
        return RegistryKind.GITLAB;
    }

    @Override
    public Registration registration() {
        return usual().locatedAt(new LocationTemplate("s3://mirror/{name}/{version}/"));
    }

    @Override
    public List<String> scope() {
        return List.of("nlp/helios");
    }

    @Override
    public Answers registry() {
        return asked ->
                asked.path().equals("/api/v4/projects/nlp/helios/ml/mlflow/api/2.0/mlflow/model-versions/search")
                        ? MlflowPagesTest.versions(asked)
                        : Told.status(404);
    }

    @Override
    public List<String> held() {
        return List.of(
                "internal/nlp/helios/helios-7b-support@4",
                "internal/nlp/helios/slate-ner@1",
                "internal/nlp/helios/helios-7b-support@3");
    }

    @Override
    public List<String> changed() {
        return held().subList(0, 2);
    }

    @Override
    public String broken() {
        return "slate-ner 3@4";
    }
}
