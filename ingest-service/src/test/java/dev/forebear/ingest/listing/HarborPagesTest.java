package dev.forebear.ingest.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.listing.TestRegistry.Answers;
import dev.forebear.ingest.listing.TestRegistry.Asked;
import dev.forebear.ingest.listing.TestRegistry.Told;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.ingest.sender.Sample;
import dev.forebear.ingest.sender.Webhook;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HarborPagesTest implements LostEventContract {

    private static final String API = "/api/v2.0/projects/models/repositories";
    private static final String DIGEST = "sha256:2e404cb5a3a74ac1c1aec5b92e1a69b28e2c45f36c42b220dd5db35121c1afa9";
    private static final String MODEL = "application/vnd.cncf.model.config.v1+json";

    @Override
    public RegistryKind kind() {
        return RegistryKind.HARBOR;
    }

    @Override
    public Registration registration() {
        return usual();
    }

    @Override
    public List<String> scope() {
        return List.of("models");
    }

    @Override
    public String username() {
        return "robot$forebear";
    }

    @Override
    public boolean isProven(Asked asked) {
        byte[] both = ("robot$forebear:" + TOKEN.reveal()).getBytes(StandardCharsets.UTF_8);
        return asked.header("Authorization")
                .equals("Basic " + Base64.getEncoder().encodeToString(both));
    }

    @Override
    public Answers registry() {
        return asked -> switch (asked.path()) {
            case API -> page(asked, List.of("""
                {"id": 1, "name": "models/helios-7b"}\
                """, """
                {"id": 2, "name": "models/nlp/slate"}\
                """, """
                {"id": 3, "name": "models/tool"}\
                """));
            case API + "/helios-7b/artifacts" ->
                page(
                        asked,
                        List.of(
                                artifact(DIGEST, MODEL, 8, "v4", "latest"),
                                artifact("sha256:" + "1".repeat(64), MODEL, 6, "v3"),
                                artifact("sha256:" + "2".repeat(64), MODEL, 5)));
            // The server before this one decodes once.
            case API + "/nlp%2Fslate/artifacts" ->
                page(asked, List.of(artifact("sha256:" + "3".repeat(64), MODEL, 5, "a@b")));
            case API + "/tool/artifacts" ->
                page(asked, List.of(artifact(DIGEST, "application/vnd.oci.image.config.v1+json", 8, "v1")));
            default -> Told.status(404);
        };
    }

    private static Told page(Asked asked, List<String> entries) {
        int page = asked.number("page", 1);
        Told told = Told.json("[" + String.join(",", ListingContract.two(entries, 2 * page - 2)) + "]");
        return 2 * page < entries.size()
                ? told.with(
                        "Link",
                        "<" + asked.path().replace("%", "%25") + "?page=" + (page + 1)
                                + "&page_size=2&with_tag=true>; rel=\"next\"")
                : told;
    }

    private static String artifact(String digest, String type, int hour, String... tags) {
        String named = Arrays.stream(tags)
                .map(tag -> "{\"name\": \"" + tag + "\", \"push_time\": \"2026-11-20T0" + hour + ":00:00.000Z\"}")
                .collect(Collectors.joining(","));
        return """
            {"digest": "%s", "media_type": "%s", "push_time": "2026-11-20T05:00:00.000Z", "tags": %s}
            """.formatted(digest, type, tags.length == 0 ? "null" : "[" + named + "]");
    }

    @Override
    public List<String> held() {
        return List.of(
                "internal/models/helios-7b@v4",
                "internal/models/helios-7b@latest",
                "internal/models/helios-7b@v3",
                "internal/models/helios-7b@sha256:" + "2".repeat(64));
    }

    @Override
    public List<String> changed() {
        return held().subList(0, 2);
    }

    @Override
    public String broken() {
        return "models/nlp/slate sha256:333";
    }

    @Override
    public Webhook event() {
        return Sample.read("harbor-01-push-artifact-default");
    }

    @Test
    void namesVersionsByTagButReadsThemByDigest() throws Exception {
        try (var registry = start()) {
            List<ModelUpload> uploads = Listed.all(at(registry), null).uploads();

            assertThat(uploads.getFirst().location())
                    .isEqualTo("oci://127.0.0.1:" + registry.url().getPort() + "/models/helios-7b@" + DIGEST);
            assertThat(uploads.getFirst().content().tag()).isEqualTo(DIGEST);
        }
    }
}
