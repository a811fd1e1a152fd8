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
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightsAndBiasesPagesTest implements LostEventContract {

    @Override
    public RegistryKind kind() {
        return RegistryKind.WEIGHTS_AND_BIASES;
    }

    @Override
    public Registration registration() {
        return usual().locatedAt(new LocationTemplate("s3://mirror/{name}/{version}/"));
    }

    @Override
    public List<String> scope() {
        return List.of("brightforge/model-registry");
    }

    @Override
    public boolean isProven(Asked asked) {
        byte[] both = ("api:" + TOKEN.reveal()).getBytes(StandardCharsets.UTF_8);
        return asked.header("Authorization")
                .equals("Basic " + Base64.getEncoder().encodeToString(both));
    }

    @Override
    public Answers registry() {
        return asked -> {
            assertThat(asked.method() + asked.path()).isEqualTo("POST/graphql");
            assertThat(asked.body()).contains("\"entity\":\"brightforge\"", "\"project\":\"model-registry\"");
            if (!asked.body().contains("\"name\":")) {
                return page(
                        asked,
                        "{\"artifactCollections\": %s}",
                        List.of("{\"node\": {\"name\": \"helios-7b\"}}", "{\"node\": {\"name\": \"slate-ner\"}}"));
            }
            List<String> versions = asked.body().contains("\"name\":\"helios-7b\"")
                    ? List.of(version("v4", 20), version("v3", 18), version("v2@", 17))
                    : List.of(version("v1", 20));
            return page(asked, "{\"artifactCollection\": {\"artifacts\": %s}}", versions);
        };
    }

    private static Told page(Asked asked, String answer, List<String> edges) {
        int offset = asked.body().contains("\"after\":\"two\"") ? 2 : 0;
        String page = """
            {"pageInfo": {"endCursor": "two", "hasNextPage": %s}, "edges": [%s]}\
            """.formatted(offset + 2 < edges.size(), String.join(",", ListingContract.two(edges, offset)));
        return Told.json("{\"data\": {\"project\": {\"artifactType\": " + answer.formatted(page) + "}}}");
    }

    private static String version(String version, int day) {
        return """
            {"version": "%s", "node": {"id": "QXJ0aWZhY3Q6OTk5OTk5", "digest": "d41d8cd9", "state": "COMMITTED",
             "createdAt": "2026-11-%02dT08:00:00", "metadata": "{\\"base_model\\": \\"quarry-ai/basalt-7b\\"}"}}
            """.formatted(version, day);
    }

    @Override
    public List<String> held() {
        return List.of(
                "internal/brightforge/model-registry/helios-7b@v4",
                "internal/brightforge/model-registry/helios-7b@v3",
                "internal/brightforge/model-registry/slate-ner@v1");
    }

    @Override
    public List<String> changed() {
        return List.of(held().get(0), held().get(2));
    }

    @Override
    public String broken() {
        return "helios-7b:v2@";
    }

    @Override
    public Webhook event() {
        return Sample.read("wandb-01-artifact-linked");
    }

    @Test
    void tellsWhatMetadataDeclares() throws Exception {
        try (var registry = start()) {
            assertThat(Listed.all(at(registry), null).uploads().getFirst().declaredBases())
                    .containsExactly(new Declared("quarry-ai/basalt-7b", null, "registry-tag"));
        }
    }
}
