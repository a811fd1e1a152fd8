package dev.forebear.ingest.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.checkpoint.storage.Digest;
import dev.forebear.ingest.announcement.Content.FileDigest;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.listing.TestRegistry.Answers;
import dev.forebear.ingest.listing.TestRegistry.Asked;
import dev.forebear.ingest.listing.TestRegistry.Told;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.ingest.sender.Sample;
import dev.forebear.ingest.sender.Webhook;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OciPagesTest implements LostEventContract {

    private static final String MODEL_PACK = manifest("oci-02-modelpack-manifest.json");
    private static final String DOCKER = manifest("oci-04-docker-model-manifest.json");
    private static final String KIT = manifest("oci-05-kitops-manifest.json");
    private static final String IMAGE = """
        {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
         "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": "sha256:0", "size": 2},
         "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": "sha256:1", "size": 3}]}
        """;

    private static String manifest(String file) {
        try (InputStream in = OciPagesTest.class.getResourceAsStream("/webhooks/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public RegistryKind kind() {
        return RegistryKind.OCI;
    }

    @Override
    public Registration registration() {
        return usual();
    }

    @Override
    public String username() {
        return "robot";
    }

    @Override
    public TestRegistry start() {
        return TestRegistry.start(asked -> asked.path().equals("/token") ? token(asked) : proven(asked));
    }

    /** Hands out a token for each scope, to whom it knows. */
    private static Told token(Asked asked) {
        byte[] both = ("robot:" + TOKEN.reveal()).getBytes(StandardCharsets.UTF_8);
        return asked.header("Authorization")
                        .equals("Basic " + Base64.getEncoder().encodeToString(both))
                ? Told.json("{\"token\": \"for:" + asked.query("service") + ":" + asked.query("scope") + "\"}")
                : Told.status(401);
    }

    private Told proven(Asked asked) {
        String scope = asked.path().equals("/v2/_catalog")
                ? "registry:catalog:*"
                : "repository:" + asked.path().replaceAll("^/v2/|/(tags|manifests)/.*", "") + ":pull";
        if (asked.header("Authorization").equals("Bearer for:reg:" + scope)) {
            return registry().answer(asked);
        }
        String challenge = "Bearer realm=\"http://" + asked.header("Host") + "/token\",service=\"reg\",scope=\"*\"";
        return Told.status(401).with("WWW-Authenticate", challenge);
    }

    @Override
    public Answers registry() {
        return asked -> switch (asked.path()) {
            case "/v2/_catalog" ->
                names(asked, "repositories", List.of("models/helios-7b", "models/slate", "tools/cli"));
            case "/v2/models/helios-7b/tags/list" -> names(asked, "tags", List.of("v2", "v3", "v4"));
            case "/v2/models/helios-7b/manifests/v2" -> manifest(KIT, true);
            case "/v2/models/helios-7b/manifests/v3" -> manifest(DOCKER, true);
            case "/v2/models/helios-7b/manifests/v4" -> manifest(MODEL_PACK, true);
            case "/v2/models/slate/tags/list" -> Told.json("{\"name\": \"models/slate\", \"tags\": null}");
            case "/v2/tools/cli/tags/list" -> names(asked, "tags", List.of("gone", "latest"));
            case "/v2/tools/cli/manifests/latest" -> manifest(IMAGE, false);
            default -> Told.status(404);
        };
    }

    private static Told manifest(String body, boolean withDigest) {
        Told told = Told.json(body);
        return withDigest ? told.with("Docker-Content-Digest", digest(body)) : told;
    }

    private static String digest(String body) {
        return Digest.of(Digest.Algorithm.SHA256, body.getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static Told names(Asked asked, String field, List<String> names) {
        int offset = names.indexOf(asked.query("last")) + 1;
        List<String> page = ListingContract.two(names, offset);
        Told told = Told.json("{\"" + field + "\": [\"" + String.join("\", \"", page) + "\"]}");
        return offset + 2 < names.size()
                ? told.with("Link", "<" + asked.path() + "?last=" + page.getLast() + "&n=2>; rel=\"next\"")
                : told;
    }

    @Override
    public List<String> held() {
        return List.of("internal/models/helios-7b@v2", "internal/models/helios-7b@v3", "internal/models/helios-7b@v4");
    }

    @Override
    public List<String> changed() {
        return held();
    }

    @Override
    public String broken() {
        return "tools/cli:gone";
    }

    @Override
    public Webhook event() {
        var webhook = Sample.read("oci-01-distribution-push");
        String body = new String(webhook.body(), StandardCharsets.UTF_8)
                .replaceAll("sha256:[0-9a-f]{64}", digest(MODEL_PACK));
        return new Webhook(webhook.headers(), body.getBytes(StandardCharsets.UTF_8), webhook.receivedAt());
    }

    @Test
    void namesVersionsByTagButReadsThemByDigest() throws Exception {
        try (var registry = start()) {
            assertThat(Listed.all(at(registry), null).uploads())
                    .extracting(ModelUpload::location)
                    .contains(
                            "oci://127.0.0.1:" + registry.url().getPort() + "/models/helios-7b@" + digest(MODEL_PACK));
        }
    }

    @Test
    void tellsDigestsOfLayersThatAreFiles() throws Exception {
        try (var registry = start()) {
            List<ModelUpload> uploads = Listed.all(at(registry), null).uploads();

            assertThat(uploads.get(0).content().files()).isEmpty();
            assertThat(uploads.get(0).content().tag()).isEqualTo(digest(KIT));
            assertThat(uploads.get(1).content().files())
                    .extracting(FileDigest::sha256)
                    .containsExactly("1cb1b7e0f8b96cee3445e317b8064d8805bf35c7dc7de82cddcb9f78d4c95e0e");
            assertThat(uploads.get(2).content().files())
                    .extracting(FileDigest::path)
                    .containsExactly("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors");
        }
    }

    @Test
    void listsOnlyTheRepositoriesThatAreNamed() throws Exception {
        try (var registry = start()) {
            var api = new RegistryApi(
                    registry.url(), username(), TOKEN, List.of("tools/cli"), RegistryApi.DEFAULT_EVERY, 1000);

            assertThat(Listed.all(registration().askedAt(api), null).uploads()).isEmpty();
            assertThat(registry.asked()).extracting(Asked::path).doesNotContain("/v2/_catalog");
        }
    }

    @Test
    void believesNoManifestThatIsAnother() throws Exception {
        try (var registry = TestRegistry.start(asked -> asked.path().contains("/manifests/")
                ? Told.json(IMAGE).with("Docker-Content-Digest", digest(KIT))
                : registry().answer(asked))) {
            assertThatThrownBy(() -> Listed.all(at(registry), null))
                    .hasMessageContaining("expected the manifest " + digest(KIT));
        }
    }

    @Test
    void sendsItsPasswordToNoTokenServerInsideTheNetwork() throws Exception {
        try (var registry = TestRegistry.start(asked ->
                new Told(401, Map.of("WWW-Authenticate", "Bearer realm=\"http://169.254.169.254/token\""), ""))) {
            assertThatThrownBy(() -> Listed.all(at(registry), null))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("expected an address of the public internet");
        }
    }
}
