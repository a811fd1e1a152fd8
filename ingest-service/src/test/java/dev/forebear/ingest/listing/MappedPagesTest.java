package dev.forebear.ingest.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.forebear.ingest.announcement.Declared;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.listing.TestRegistry.Answers;
import dev.forebear.ingest.listing.TestRegistry.Asked;
import dev.forebear.ingest.listing.TestRegistry.Told;
import dev.forebear.ingest.registration.JsonMapping;
import dev.forebear.ingest.registration.Reading;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.ingest.sender.Outcome;
import dev.forebear.ingest.sender.Sample;
import dev.forebear.ingest.sender.Sender;
import dev.forebear.ingest.sender.Webhook;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappedPagesTest implements LostEventContract {

    private static final List<String> ENTRIES = List.of(
            entry("helios-7b", "4", 8), entry("helios-7b", "3", 6), entry("slate", "v@1", 8), entry("slate", "2", 6));

    private static String entry(String model, String version, int hour) {
        return """
            {"artifact": {"name": "%s", "revision": "%s"}, "at": "2026-11-20T0%d:00:00Z", "owner": "casey",
             "files": "s3://models/%s/v%s/", "parents": ["quarry-ai/basalt-7b"]}
            """.formatted(model, version, hour, model, version);
    }

    @Override
    public RegistryKind kind() {
        return RegistryKind.JSON;
    }

    @Override
    public Registration registration() {
        var mapping = new JsonMapping(
                "$.artifact.name",
                "$.artifact.revision",
                "$.files",
                "$.parents",
                "$.owner",
                "$.at",
                "$.id",
                null,
                "$.result.versions[*]",
                "$.result.more");
        return usual().readAs(new Reading(null, Reading.USUAL_TAGS, mapping));
    }

    @Override
    public Answers registry() {
        return asked -> page(asked, "{\"result\": {\"versions\": [%s]%s}}", ", \"more\": \"%s\"");
    }

    private static Told page(Asked asked, String page, String link) {
        int offset = asked.number("from", 0);
        String next = offset + 2 < ENTRIES.size() ? link.formatted("?from=" + (offset + 2)) : "";
        return Told.json(page.formatted(String.join(",", ListingContract.two(ENTRIES, offset)), next));
    }

    @Override
    public List<String> held() {
        return List.of("internal/helios-7b@4", "internal/helios-7b@3", "internal/slate@2");
    }

    @Override
    public List<String> changed() {
        return held().subList(0, 1);
    }

    @Override
    public String broken() {
        return "entry 1: ";
    }

    @Override
    public Webhook event() {
        return new Webhook(Map.of(), ENTRIES.getFirst().getBytes(StandardCharsets.UTF_8), Sample.TIME);
    }

    @Test
    void readsEntriesLikeAnnouncements() throws Exception {
        try (var registry = start()) {
            ModelUpload upload = Listed.all(at(registry), null).uploads().getFirst();

            assertThat(upload.location()).isEqualTo("s3://models/helios-7b/v4/");
            assertThat(upload.declaredBases()).containsExactly(new Declared("quarry-ai/basalt-7b", null, "webhook"));
            assertThat(upload.by()).isEqualTo("casey");
            assertThat(upload.at()).isEqualTo("2026-11-20T08:00:00Z");
        }
    }

    @Test
    void readsTheDataOfCloudEventsWithoutAMapping() throws Exception {
        try (var registry = TestRegistry.start(asked -> asked.path().equals("/v1/versions")
                ? Told.json("[{\"model\": \"helios-7b\", \"version\": 4, \"location\": \"s3://models/helios-7b/v4/\"}]")
                : Told.status(404))) {
            var api = RegistryApi.of(URI.create(registry.url() + "/v1/versions"), null, List.of());
            var events = Registration.open("events", RegistryKind.CLOUD_EVENTS).askedAt(api);

            List<ModelUpload> listed = Listed.all(events, null).uploads();
            var event = Sender.of(events).receive(Sample.read("cloudevents-01-structured"));

            assertThat(event).isInstanceOfSatisfying(Outcome.Accepted.class, announced -> {
                ModelUpload upload = announced.uploads().getFirst();
                assertThat(listed)
                        .extracting(ModelUpload::id, ModelUpload::location)
                        .containsExactly(tuple(upload.id(), upload.location()));
            });
        }
    }

    @Test
    void takesNoNextPageOfAnotherServer() throws Exception {
        try (var registry = TestRegistry.start(asked ->
                        Told.json("{\"result\": {\"versions\": [], \"more\": \"http://169.254.169.254/?from=2\"}}"));
                var listing = Listed.of(at(registry))) {
            assertThatThrownBy(() -> listing.page(null, null)).hasMessageContaining("it elsewhere");
        }
    }
}
