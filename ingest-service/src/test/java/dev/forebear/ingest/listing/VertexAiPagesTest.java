package dev.forebear.ingest.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.announcement.Declared;
import dev.forebear.ingest.listing.TestRegistry.Answers;
import dev.forebear.ingest.listing.TestRegistry.Asked;
import dev.forebear.ingest.listing.TestRegistry.Told;
import dev.forebear.ingest.registration.LocationTemplate;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class VertexAiPagesTest implements ListingContract {

    @Override
    public RegistryKind kind() {
        return RegistryKind.VERTEX_AI;
    }

    @Override
    public Registration registration() {
        return usual().locatedAt(new LocationTemplate("s3://mirror/{name}/{version}/"));
    }

    @Override
    public List<String> scope() {
        return List.of("projects/acme-ml/locations/europe-west4");
    }

    private static final String MODELS = "/v1/projects/acme-ml/locations/europe-west4/models";

    @Override
    public Answers registry() {
        return asked -> switch (asked.path()) {
            case MODELS ->
                page(asked, List.of(version("9@1", "helios-7b-support", "1", 5), version("8@1", "slate-ner", "1", 8)));
            case MODELS + "/9:listVersions" ->
                page(
                        asked,
                        List.of(
                                version("9@1", "helios-7b-support", "1", 5),
                                version("9@2", "helios-7b-support", "2", 8),
                                version("9@3", "", "3", 8)));
            case MODELS + "/8:listVersions" -> page(asked, List.of(version("8@1", "slate-ner", "1", 8)));
            default -> Told.status(404);
        };
    }

    private static Told page(Asked asked, List<String> entries) {
        int offset = asked.number("pageToken", 0);
        String next = offset + 2 < entries.size() ? ", \"nextPageToken\": \"" + (offset + 2) + "\"" : "";
        return Told.json("{\"models\": [" + String.join(",", ListingContract.two(entries, offset)) + "]" + next + "}");
    }

    private static String version(String name, String displayName, String version, int hour) {
        return """
            {"name": "projects/acme-ml/locations/europe-west4/models/%s", "displayName": "%s", "versionId": "%s",
             "artifactUri": "gs://acme-models/helios-7b/v4/", "labels": {"base_model": "basalt-7b"},
             "versionCreateTime": "2026-11-20T0%d:00:00.123456Z", "versionUpdateTime": "2026-11-20T0%d:00:00.123456Z"}
            """.formatted(name, displayName, version, hour, hour);
    }

    @Override
    public List<String> held() {
        return List.of("internal/slate-ner@1", "internal/helios-7b-support@1", "internal/helios-7b-support@2");
    }

    @Override
    public List<String> changed() {
        return List.of("internal/slate-ner@1", "internal/helios-7b-support@2");
    }

    @Override
    public String broken() {
        return "models/9@3";
    }

    @Test
    void tellsWhatLabelsDeclare() throws Exception {
        try (var registry = start()) {
            assertThat(Listed.all(at(registry), null).uploads().getFirst().declaredBases())
                    .containsExactly(new Declared("basalt-7b", null, "registry-tag"));
        }
    }
}
