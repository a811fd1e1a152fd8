package dev.forebear.ingest.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.announcement.Declared;
import dev.forebear.ingest.listing.TestRegistry.Answers;
import dev.forebear.ingest.listing.TestRegistry.Asked;
import dev.forebear.ingest.listing.TestRegistry.Told;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.ingest.sender.Sample;
import dev.forebear.ingest.sender.Webhook;
import dev.forebear.runtime.Secret;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MlflowPagesTest implements LostEventContract {

    private static final String SEARCH = "/api/2.0/mlflow/model-versions/search";

    /** Name, version, minute of 2026-11-20 at which it changed, source, status. */
    private static final List<List<String>> VERSIONS = List.of(
            List.of("helios-7b-support", "4", "480", "models:/m-5c1d0e8a9b7f4d2ea1f0c3b2d4e5f607", "READY"),
            List.of("slate-ner", "1", "440", "s3://ml-artifacts/7/2f3e/artifacts/model", "READY"),
            List.of("slate-ner", "2", "430", "runs:/2f3e4d5c6b7a8091a2b3c4d5e6f70819/model", "PENDING_REGISTRATION"),
            List.of("slate-ner", "3@4", "410", "runs:/2f3e4d5c6b7a8091a2b3c4d5e6f70819/model", "READY"),
            List.of("helios-7b-support", "3", "400", "s3://ml-artifacts/7/a/artifacts/model", "READY"));

    @Override
    public RegistryKind kind() {
        return RegistryKind.MLFLOW;
    }

    @Override
    public Registration registration() {
        return Registration.open("internal", kind());
    }

    @Override
    public Answers registry() {
        return asked -> asked.path().equals(SEARCH) ? versions(asked) : Told.status(404);
    }

    static Told versions(Asked asked) {
        return versions(VERSIONS, asked);
    }

    private static Told versions(List<List<String>> all, Asked asked) {
        int offset = asked.number("page_token", 0);
        String versions = ListingContract.two(all, offset).stream()
                .map(MlflowPagesTest::version)
                .collect(Collectors.joining(","));
        String next = offset + 2 < all.size() ? ", \"next_page_token\": \"" + (offset + 2) + "\"" : "";
        return Told.json("{\"model_versions\": [" + versions + "]" + next + "}");
    }

    private static String version(List<String> version) {
        long changed = 1_795_132_800_000L + 60_000 * Long.parseLong(version.get(2));
        return """
            {"name": "%s", "version": "%s", "creation_timestamp": %d, "last_updated_timestamp": %d,
             "user_id": "casey", "source": "%s", "status": "%s",
             "tags": [{"key": "team", "value": "nlp"}, {"key": "base_model", "value": "quarry-ai/basalt-7b, a/b"}]}
            """.formatted(version.get(0), version.get(1), changed, changed, version.get(3), version.get(4));
    }

    @Override
    public List<String> held() {
        return List.of("internal/helios-7b-support@4", "internal/slate-ner@1", "internal/helios-7b-support@3");
    }

    @Override
    public List<String> changed() {
        return held().subList(0, 2);
    }

    @Override
    public String broken() {
        return "slate-ner 3@4";
    }

    @Override
    public Webhook event() {
        return Sample.read("mlflow-01-model-version-created");
    }

    @Test
    void tellsWhatTagsDeclareAndWhoMadeTheVersion() throws Exception {
        try (var registry = start()) {
            var upload = Listed.all(at(registry), null).uploads().getFirst();

            assertThat(upload.declaredBases())
                    .containsExactly(
                            new Declared("quarry-ai/basalt-7b", null, "registry-tag"),
                            new Declared("a/b", null, "registry-tag"));
            assertThat(upload.by()).isEqualTo("casey");
            assertThat(upload.at()).isEqualTo("2026-11-20T08:00:00Z");
        }
    }

    @Test
    void stopsAtTheFirstPageWithWhatIsKnown() throws Exception {
        try (var registry = start()) {
            Listed.all(at(registry), Instant.parse("2026-11-20T07:50:00Z"));

            assertThat(registry.asked())
                    .singleElement()
                    .satisfies(asked -> assertThat(asked.query("order_by")).isEqualTo("last_updated_timestamp DESC"));
        }
    }

    @Test
    void readsOnWhenTheServerKnowsNoOrder() throws Exception {
        var oldestFirst = VERSIONS.reversed();
        try (var registry = TestRegistry.start(asked -> versions(oldestFirst, asked))) {
            assertThat(Listed.all(at(registry), SINCE).ids()).containsExactlyInAnyOrderElementsOf(changed());
        }
    }

    @Test
    void logsInWithNameAndPassword() throws Exception {
        try (var registry = TestRegistry.start(asked ->
                asked.header("Authorization").equals("Basic Y2FzZXk6cGFzcw==") ? versions(asked) : Told.status(401))) {
            var api = new RegistryApi(
                    registry.url(), "casey", Secret.of("pass"), scope(), RegistryApi.DEFAULT_EVERY, 1000);

            assertThat(Listed.all(registration().askedAt(api), null).ids()).containsAll(held());
        }
    }

    @Test
    void listsEveryWorkspaceUnderItsName() throws Exception {
        try (var registry = TestRegistry.start(
                asked -> asked.header("X-MLFLOW-WORKSPACE").isEmpty() ? Told.status(400) : versions(asked))) {
            var api = RegistryApi.of(registry.url(), null, List.of("team-a", "team-b"));

            assertThat(Listed.all(registration().askedAt(api), null).ids())
                    .hasSize(6)
                    .contains("internal/team-a/slate-ner@1", "internal/team-b/slate-ner@1");
        }
    }
}
