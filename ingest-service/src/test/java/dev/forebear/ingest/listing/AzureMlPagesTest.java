package dev.forebear.ingest.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.announcement.Declared;
import dev.forebear.ingest.listing.TestRegistry.Answers;
import dev.forebear.ingest.listing.TestRegistry.Asked;
import dev.forebear.ingest.listing.TestRegistry.Told;
import dev.forebear.ingest.registration.LocationTemplate;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.ingest.sender.Sample;
import dev.forebear.ingest.sender.Webhook;
import java.util.List;
import org.junit.jupiter.api.Test;

class AzureMlPagesTest implements LostEventContract {

    @Override
    public RegistryKind kind() {
        return RegistryKind.AZURE_ML;
    }

    @Override
    public Registration registration() {
        return usual().locatedAt(new LocationTemplate("s3://mirror/{name}/{version}/"));
    }

    private static final String WORKSPACE = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-nlp"
            + "/providers/Microsoft.MachineLearningServices/workspaces/nlp";

    @Override
    public List<String> scope() {
        return List.of(WORKSPACE);
    }

    @Override
    public Answers registry() {
        return asked -> switch (asked.path()) {
            case WORKSPACE + "/models" -> page(asked, List.of("""
                {"name": "helios-7b-support"}\
                """, """
                {"name": "slate-ner"}\
                """));
            case WORKSPACE + "/models/helios-7b-support/versions" ->
                page(asked, List.of(version("4", 8), version("3", 6), version("2@", 5)));
            case WORKSPACE + "/models/slate-ner/versions" -> page(asked, List.of(version("1", 5)));
            default -> Told.status(404);
        };
    }

    private static Told page(Asked asked, List<String> entries) {
        assertThat(asked.query("api-version")).isNotEmpty();
        int offset = asked.number("$skip", 0);
        String link = "http://" + asked.header("Host") + asked.path() + "?api-version=" + asked.query("api-version")
                + "&$skip=" + (offset + 2);
        String next = offset + 2 < entries.size() ? ", \"nextLink\": \"" + link + "\"" : "";
        return Told.json("{\"value\": [" + String.join(",", ListingContract.two(entries, offset)) + "]" + next + "}");
    }

    private static String version(String version, int hour) {
        return """
            {"name": "%s",
             "properties": {"modelUri": "azureml://subscriptions/0/resourcegroups/rg-nlp/workspaces/nlp/datastores/x",
                            "tags": {"base_model": "quarry-ai/basalt-7b"}, "properties": {}},
             "systemData": {"createdAt": "2026-11-20T0%d:00:00.0000000Z", "createdBy": "Casey",
                            "lastModifiedAt": "2026-11-20T0%d:00:00.0000000Z"}}
            """.formatted(version, hour, hour);
    }

    @Override
    public List<String> held() {
        return List.of("internal/helios-7b-support@4", "internal/helios-7b-support@3", "internal/slate-ner@1");
    }

    @Override
    public List<String> changed() {
        return held().subList(0, 1);
    }

    @Override
    public String broken() {
        return "helios-7b-support 2@";
    }

    @Override
    public Webhook event() {
        return Sample.read("azureml-01-model-registered-cloudevents");
    }

    @Test
    void tellsWhatTagsDeclareAndWhoMadeTheVersion() throws Exception {
        try (var registry = start()) {
            var upload = Listed.all(at(registry), null).uploads().getFirst();

            assertThat(upload.declaredBases())
                    .containsExactly(new Declared("quarry-ai/basalt-7b", null, "registry-tag"));
            assertThat(upload.by()).isEqualTo("Casey");
            assertThat(upload.at()).isEqualTo("2026-11-20T08:00:00Z");
        }
    }
}
