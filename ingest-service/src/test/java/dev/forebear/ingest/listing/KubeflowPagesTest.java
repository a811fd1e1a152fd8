package dev.forebear.ingest.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.announcement.Declared;
import dev.forebear.ingest.listing.TestRegistry.Answers;
import dev.forebear.ingest.listing.TestRegistry.Asked;
import dev.forebear.ingest.listing.TestRegistry.Told;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KubeflowPagesTest implements ListingContract {

    @Override
    public RegistryKind kind() {
        return RegistryKind.KUBEFLOW;
    }

    @Override
    public Registration registration() {
        return usual();
    }

    private static final String API = "/api/model_registry/v1alpha3/";

    @Override
    public Answers registry() {
        return asked -> switch (asked.path()) {
            case API + "model_versions" -> versions(asked);
            case API + "registered_models/7" -> Told.json("{\"id\": \"7\", \"name\": \"helios-7b\"}");
            case String path when path.endsWith("/artifacts") -> artifacts(path.split("/")[5]);
            default -> Told.status(404);
        };
    }

    /** Versions 5 to 1; the last one is of a model that is gone. */
    private static Told versions(Asked asked) {
        assertThat(asked.query("orderBy") + asked.query("sortOrder")).isEqualTo("LAST_UPDATE_TIMEDESC");
        int offset = asked.number("nextPageToken", 0);
        String items = ListingContract.two(List.of(5, 4, 3, 2, 1), offset).stream()
                .map(version ->
                        """
                        {"id": "%d", "name": "v%d", "registeredModelId": "%d", "author": "casey", "state": "LIVE",
                         "createTimeSinceEpoch": "1795161599000", "lastUpdateTimeSinceEpoch": "%d"}
                        """.formatted(version, version, version == 1 ? 8 : 7, 1_795_147_200_000L + 3_600_000 * version))
                .collect(Collectors.joining(","));
        String next = offset + 2 < 5 ? Integer.toString(offset + 2) : "";
        return Told.json("{\"items\": [" + items + "], \"nextPageToken\": \"" + next + "\", \"size\": 2}");
    }

    private static Told artifacts(String version) {
        return Told.json("""
            {"items": [
              {"id": "1", "artifactType": "doc-artifact", "uri": "s3://acme-models/README.md"},
              {"id": "42", "artifactType": "model-artifact", "name": "helios-7b-v4",
               "uri": "s3://acme-models/helios-7b/v%s/", "state": "LIVE",
               "customProperties": {"base_model": {"metadataType": "MetadataStringValue",
                                                   "string_value": "quarry-ai/basalt-7b"}}}]}
            """.formatted(version));
    }

    @Override
    public List<String> held() {
        return List.of(
                "internal/helios-7b@v5", "internal/helios-7b@v4", "internal/helios-7b@v3", "internal/helios-7b@v2");
    }

    @Override
    public List<String> changed() {
        return held().subList(0, 2);
    }

    @Override
    public String broken() {
        return "model version 1";
    }

    @Test
    void tellsWhereTheArtifactLiesAndWhatItDeclares() throws Exception {
        try (var registry = start()) {
            var upload = Listed.all(at(registry), null).uploads().getFirst();

            assertThat(upload.location()).isEqualTo("s3://acme-models/helios-7b/v5/");
            assertThat(upload.declaredBases())
                    .containsExactly(new Declared("quarry-ai/basalt-7b", null, "registry-tag"));
            assertThat(upload.by()).isEqualTo("casey");
        }
    }
}
