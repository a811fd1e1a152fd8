package dev.forebear.ingest.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.announcement.Content.FileDigest;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.announcement.ObjectChange;
import dev.forebear.ingest.listing.TestRegistry.Answers;
import dev.forebear.ingest.listing.TestRegistry.Asked;
import dev.forebear.ingest.listing.TestRegistry.Told;
import dev.forebear.ingest.registration.LocationTemplate;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.ingest.sender.Outcome;
import dev.forebear.ingest.sender.Sample;
import dev.forebear.ingest.sender.Sender;
import dev.forebear.schemas.ModelVersionId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ArtifactoryPagesTest implements ListingContract {

    private static final Pattern BEHIND = Pattern.compile("\"path\":\\{\"\\$gt\":\"([^\"]*)\"}");
    private static final Pattern WINDOW = Pattern.compile("\\.offset\\((\\d+)\\)\\.limit\\((\\d+)\\)");

    /** Path, name, hour of 2026-11-20. */
    private static final List<List<String>> FILES = List.of(
            List.of(".", "stray.safetensors", "8"),
            List.of("helios-7b/v4", "model-00001-of-00002.safetensors", "8"),
            List.of("helios-7b/v4", "model-00002-of-00002.safetensors", "6"),
            List.of("helios-7b/v4", "model.safetensors.index.json", "6"),
            List.of("helios-7b/v4-beta", "model.gguf", "6"),
            List.of("helios-7b/v4/onnx", "model.onnx", "6"),
            List.of("slate/v@1", "model.safetensors", "8"),
            List.of("slate/v2", "model.safetensors", "6"));

    @Override
    public RegistryKind kind() {
        return RegistryKind.ARTIFACTORY;
    }

    @Override
    public Registration registration() {
        return usual().locatedAt(new LocationTemplate("s3://mirror/{name}/{version}/"));
    }

    @Override
    public List<String> scope() {
        return List.of("ml-local", "zz-empty");
    }

    @Override
    public Answers registry() {
        return asked -> asked.path().equals("/artifactory/api/search/aql") ? found(asked) : Told.status(404);
    }

    private static Told found(Asked asked) {
        assertThat(asked.body())
                .startsWith("items.find({")
                .contains("\"type\":\"file\"", "\"$match\":\"*.safetensors\"");
        Matcher behind = BEHIND.matcher(asked.body());
        String path = behind.find() ? behind.group(1) : "";
        Matcher window = WINDOW.matcher(asked.body());
        assertThat(window.find()).isTrue();
        List<String> results = asked.body().contains("\"repo\":\"ml-local\"")
                ? FILES.stream()
                        .sorted(Comparator.comparing((List<String> file) -> file.get(0))
                                .thenComparing(file -> file.get(1)))
                        .filter(file -> file.get(0).compareTo(path) > 0)
                        .skip(Long.parseLong(window.group(1)))
                        .limit(Long.parseLong(window.group(2)))
                        .map(ArtifactoryPagesTest::result)
                        .toList()
                : List.of();
        return Told.json(
                "{\"results\": [" + String.join(",", results) + "], \"range\": {\"total\": " + results.size() + "}}");
    }

    private static String result(List<String> file) {
        return """
            {"repo": "ml-local", "path": "%s", "name": "%s", "size": 12, "modified": "2026-11-20T0%s:00:00.000Z",
             "sha256": "%s"}
            """.formatted(file.get(0), file.get(1), file.get(2), digest(file.get(1)));
    }

    private static String digest(String name) {
        return "%064x".formatted(name.hashCode() & 0xffffffffL);
    }

    @Override
    public List<String> held() {
        return List.of("internal/helios-7b@v4", "internal/helios-7b@v4-beta", "internal/slate@v2");
    }

    @Override
    public List<String> changed() {
        return held().subList(0, 1);
    }

    @Override
    public String broken() {
        return "slate/v@1/";
    }

    @Test
    void findsTheSameWhereverPagesEnd() throws Exception {
        try (var registry = start()) {
            for (int pageSize = 1; pageSize <= 10; pageSize++) {
                var pages =
                        new ArtifactoryPages(registration(), at(registry).api(), InstantSource.fixed(SINCE), pageSize);
                List<String> found = new ArrayList<>();
                try (var listing = new PartsInTurn("internal", pages)) {
                    for (var page = listing.page(null, null); ; page = listing.page(page.next(), null)) {
                        page.found()
                                .forEach(upload ->
                                        found.add(((ModelUpload) upload).id().toString()));
                        if (page.next() == null) {
                            break;
                        }
                    }
                }
                assertThat(found).as("%d files in a page", pageSize).containsExactlyElementsOf(held());
            }
        }
    }

    @Test
    void callsAFolderAsTheEventsOfItsFilesDo() throws Exception {
        try (var registry = start()) {
            var outcome = Sender.of(at(registry)).receive(Sample.read("artifactory-01-artifact-deployed"));
            var change =
                    (ObjectChange) ((Outcome.Accepted) outcome).announcements().getFirst();

            assertThat(Listed.all(at(registry), null).uploads())
                    .filteredOn(upload -> upload.location().equals(change.folder()))
                    .singleElement()
                    .satisfies(upload -> assertThat(upload.id())
                            .isEqualTo(ModelVersionId.of(change.registry(), change.name(), change.version())));
        }
    }

    @Test
    void tellsTheDigestsOfAllFilesOfAModel() throws Exception {
        try (var registry = start()) {
            ModelUpload upload = Listed.all(at(registry), null).uploads().getFirst();

            assertThat(upload.location()).isEqualTo("s3://mirror/helios-7b/v4/");
            assertThat(upload.content().files())
                    .contains(new FileDigest("onnx/model.onnx", digest("model.onnx"), 12L))
                    .hasSize(4);
        }
    }
}
