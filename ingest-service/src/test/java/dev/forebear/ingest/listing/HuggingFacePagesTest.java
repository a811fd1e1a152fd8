package dev.forebear.ingest.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.forebear.ingest.announcement.Content.FileDigest;
import dev.forebear.ingest.announcement.Declared;
import dev.forebear.ingest.listing.TestRegistry.Answers;
import dev.forebear.ingest.listing.TestRegistry.Asked;
import dev.forebear.ingest.listing.TestRegistry.Told;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.ingest.sender.Sample;
import dev.forebear.ingest.sender.Webhook;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HuggingFacePagesTest implements LostEventContract {

    private static final String SAMPLE = "2b38059c1bba49d51be5ee2cff9cc011a7effa68";
    private static final String TAGGED = "6f4e59277bf8e018e2bd8ceef3aefda483694eb7";
    private static final String DIGEST = "5ac6747bd1c9737034e95923613f7204fa1f80fcf5f759b1263a5b7d71581939";

    /** Name, commit of main, when it changed; the last one changed first. */
    private static final List<List<String>> MODELS = List.of(
            List.of("brightforge/helios-7b-instruct", SAMPLE, "2026-11-20T08:00:00.000Z"),
            List.of("brightforge/slate-ner", "1".repeat(40), "2026-11-20T07:30:00.000Z"),
            List.of("brightforge/gone", "2".repeat(40), "2026-11-19T07:30:00.000Z"),
            List.of("brightforge/basalt-1b", "3".repeat(40), "2026-11-18T07:30:00.000Z"),
            List.of("brightforge/basalt-2b", "4".repeat(40), "2026-11-17T07:30:00.000Z"));

    @Override
    public RegistryKind kind() {
        return RegistryKind.HUGGING_FACE;
    }

    @Override
    public Registration registration() {
        return usual();
    }

    @Override
    public List<String> scope() {
        return List.of("brightforge");
    }

    @Override
    public Answers registry() {
        return asked -> switch (asked.path()) {
            case "/api/models" -> models(asked);
            case "/api/models/brightforge/gone/refs" -> Told.status(404);
            case String path when path.endsWith("/refs") -> refs(path);
            case String path -> model(path, asked);
        };
    }

    private static Told models(Asked asked) {
        assertThat(asked.query("author")).isEqualTo("brightforge");
        int offset = asked.number("cursor", 0);
        String body = ListingContract.two(MODELS, offset).stream()
                .map(model -> """
                    {"id": "%s", "sha": "%s", "lastModified": "%s"}\
                    """.formatted(model.toArray()))
                .collect(Collectors.joining(",", "[", "]"));
        Told told = Told.json(body);
        return offset + 2 >= MODELS.size()
                ? told
                : told.with(
                        "Link",
                        "<http://" + asked.header("Host") + "/api/models?author=brightforge&full=true&cursor="
                                + (offset + 2) + ">; rel=\"next\"");
    }

    private static Told refs(String path) {
        boolean tagged = path.contains("slate-ner");
        return Told.json("""
            {"branches": [], "converts": [],
             "tags": [%s], "pullRequests": [{"ref": "refs/pr/1", "targetCommit": "%s"}]}
            """.formatted(
                tagged ? "{\"name\": \"v1\", \"ref\": \"refs/tags/v1\", \"targetCommit\": \"" + TAGGED + "\"}" : "",
                "f".repeat(40)));
    }

    private static Told model(String path, Asked asked) {
        assertThat(asked.query("blobs")).isEqualTo("true");
        String revision = path.substring(path.lastIndexOf('/') + 1);
        return Told.json("""
            {"_id": "36742f1a94067b96a129b56d", "sha": "%s", "private": true,
             "lastModified": "2026-11-20T07:30:00.000Z",
             "tags": ["safetensors", "base_model:quarry-ai/basalt-7b", "base_model:finetune:quarry-ai/basalt-7b"],
             "siblings": [
               {"rfilename": "README.md", "size": 5120, "blobId": "f78a71af8bbf8cc2f6f313549d4da14bd3771359"},
               {"rfilename": "model.safetensors", "size": 9942981696,
                "lfs": {"sha256": "%s", "size": 9942981696, "pointerSize": 135}},
               {"rfilename": "odd.safetensors", "lfs": {"sha256": "of no use", "size": 1}}]}
            """.formatted(revision, DIGEST));
    }

    @Override
    public List<String> held() {
        return List.of(
                "internal/brightforge/helios-7b-instruct@" + SAMPLE,
                "internal/brightforge/slate-ner@" + "1".repeat(40),
                "internal/brightforge/slate-ner@" + TAGGED,
                "internal/brightforge/basalt-1b@" + "3".repeat(40),
                "internal/brightforge/basalt-2b@" + "4".repeat(40));
    }

    @Override
    public List<String> changed() {
        return held().subList(0, 3);
    }

    @Override
    public String broken() {
        return "brightforge/gone";
    }

    @Override
    public Webhook event() {
        return Sample.read("hf-01-repo-content-update");
    }

    @Test
    void tellsDigestsOfFilesRelationsAndWhoMaySeeTheModel() throws Exception {
        try (var registry = start()) {
            var upload = Listed.all(at(registry), null).uploads().getFirst();

            assertThat(upload.content().files())
                    .containsExactly(new FileDigest("model.safetensors", DIGEST, 9942981696L));
            assertThat(upload.content().tag()).isNull();
            assertThat(upload.declaredBases())
                    .containsExactly(new Declared("quarry-ai/basalt-7b", "finetune", "registry-tag"));
            assertThat(upload.stableId()).isEqualTo("36742f1a94067b96a129b56d");
            assertThat(upload.visibility()).isEqualTo("private");
        }
    }

    @Test
    void listsWhatChangedLastFirstSoThatItCanStop() throws Exception {
        try (var registry = start()) {
            Listed.all(at(registry), SINCE);

            assertThat(registry.asked())
                    .filteredOn(asked -> asked.path().equals("/api/models"))
                    .extracting(asked -> asked.query("sort"), asked -> asked.query("cursor"))
                    .containsExactly(tuple("lastModified", ""), tuple("", "2"));
        }
    }

    @Test
    void asksForNothingThatANameLeadsTo() throws Exception {
        try (var registry =
                TestRegistry.start(asked -> Told.json("[{\"id\": \"../../admin\", \"sha\": \"" + SAMPLE + "\"}]"))) {
            Listed listed = Listed.all(at(registry), null);

            assertThat(listed.skipped()).singleElement().asString().contains("expected names without '..'");
            assertThat(registry.asked()).hasSize(1);
        }
    }

    @Test
    void takesNoNextPageOfAnotherServer() throws Exception {
        try (var registry = TestRegistry.start(asked -> new Told(
                        200, Map.of("Link", "<http://169.254.169.254/api/models?cursor=2>; rel=\"next\""), "[]"));
                var listing = Listed.of(at(registry))) {
            assertThatThrownBy(() -> listing.page(null, null)).hasMessageContaining("it elsewhere");
        }
    }
}
