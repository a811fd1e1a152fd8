package dev.forebear.ingest.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.announcement.Content;
import dev.forebear.ingest.announcement.ModelChange;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.wire.ModelChangeKind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OciTest implements SenderContract {

    private static final String SECRET = "oci-demo-token";

    @Override
    public RegistryKind kind() {
        return RegistryKind.OCI;
    }

    @Override
    public Secret secret() {
        return Secret.of(SECRET);
    }

    @Override
    public Webhook sample() {
        return Sample.read("oci-01-distribution-push");
    }

    @Override
    public Webhook proven(byte[] body) {
        return Sample.with(sample(), body);
    }

    @Override
    public String proofHeader() {
        return "Authorization";
    }

    private static final String DIGEST = "sha256:2e404cb5a3a74ac1c1aec5b92e1a69b28e2c45f36c42b220dd5db35121c1afa9";

    @Test
    void announcesPushedTagAsWhatItIsNow() {
        assertThat(receive(sample())).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            var upload = accepted.uploads().getFirst();
            assertThat(upload.id()).hasToString("internal/models/helios-7b@v4");
            assertThat(upload.location()).isEqualTo("oci://registry.example.com/models/helios-7b@" + DIGEST);
            assertThat(upload.content()).isEqualTo(Content.tagged(DIGEST));
            assertThat(upload.by()).isEqualTo("ci-bot");
        });
    }

    @Test
    void readsVersionOneOfTheFormatAlike() {
        var old = Sample.with(sample(), "Content-Type", "application/vnd.docker.distribution.events.v1+json");

        assertThat(receive(old)).isEqualTo(receive(sample()));
    }

    @Test
    void goesToTheRegistryOfTheOperatorWhateverTheRequestSaid() {
        var asked = registration().askedAt(RegistryApi.of(URI.create("https://oci.internal:5000"), null, List.of()));

        assertThat(((Outcome.Accepted) Sender.of(asked).receive(sample()))
                        .uploads()
                        .getFirst()
                        .location())
                .isEqualTo("oci://oci.internal:5000/models/helios-7b@" + DIGEST);
    }

    @Test
    void namesManifestWithoutTagByItsDigest() {
        assertThat(((Outcome.Accepted) receive(changed("\"tag\": \"v4\"", "\"platform\": null"))).uploads())
                .singleElement()
                .satisfies(upload -> assertThat(upload.id().version()).isEqualTo(DIGEST));
    }

    @ParameterizedTest
    @CsvSource({
        "application/vnd.oci.image.manifest.v1+json, application/octet-stream, not-a-manifest",
        "\"action\": \"push\", \"action\": \"pull\", not-a-write",
        "\"action\": \"push\", \"action\": \"mount\", not-a-write"
    })
    void ignoresBlobsAndReads(String from, String to, String reason) {
        assertThat(receive(changed(from, to))).isEqualTo(new Outcome.Ignored(reason));
    }

    @Test
    void ignoresImagesWhereTheRegistryTellsTheLayers() {
        assertThat(receive(referring("application/vnd.oci.image.layer.v1.tar+gzip")))
                .isEqualTo(new Outcome.Ignored("not-a-model"));
        assertThat(receive(referring("application/vnd.cncf.model.weight.v1.raw")))
                .isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void tellsOfDeletedManifestByItsDigestAndOfDeletedRepository() {
        String deleted = "{\"events\":[{\"id\":\"a\",\"timestamp\":\"2026-11-20T08:00:02Z\",\"action\":\"delete\","
                + "\"target\":{\"digest\":\"" + DIGEST + "\",\"repository\":\"models/helios-7b\"}}]}";

        assertThat(change(deleted)).satisfies(change -> {
            assertThat(change.kind()).isEqualTo(ModelChangeKind.DELETED);
            assertThat(change.name()).isEqualTo("models/helios-7b");
            assertThat(change.version()).isEqualTo(DIGEST);
        });
        assertThat(change(deleted.replace("\"digest\":\"" + DIGEST + "\",", "")).version())
                .isNull();
    }

    @Test
    void readsWhatARegistryOfDebianSends() {
        assertThat(receive(Sample.read("oci-06-registry-2.8-blob"))).isEqualTo(new Outcome.Ignored("not-a-manifest"));
        assertThat(((Outcome.Accepted) receive(Sample.read("oci-07-registry-2.8-manifest"))).uploads())
                .singleElement()
                .satisfies(upload -> {
                    assertThat(upload.id()).hasToString("internal/models/helios-tiny@v1");
                    assertThat(upload.content().files())
                            .containsExactly(new Content.FileDigest(
                                    "model.safetensors",
                                    "ad7facb2586fc6e966c004d7d1d16b024f5805ff7cb47c7a85dabd8b48892ca7",
                                    4096L));
                });
        for (String deleted : List.of("oci-08-registry-2.8-manifest-deleted", "oci-09-registry-2.8-tag-deleted")) {
            assertThat(receive(Sample.read(deleted))).isInstanceOf(Outcome.Accepted.class);
        }
    }

    @Test
    void putsAsideDigestsThatAreNone() {
        assertThat(receive(changed(DIGEST + "\"", "latest\""))).isInstanceOf(Outcome.PutAside.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ad7facb2586fc6e966c004d7d1d16b024`5805ff7cb47c7a85dabd8b48892ca7", "ad7f"})
    void leavesOutDigestsOfFilesThatAreNone(String digest) {
        Webhook pushed = Sample.read("oci-07-registry-2.8-manifest");
        String body = new String(pushed.body(), StandardCharsets.UTF_8);
        String told = "ad7facb2586fc6e966c004d7d1d16b024f5805ff7cb47c7a85dabd8b48892ca7";
        assertThat(body).contains(told);

        Outcome outcome = receive(Sample.with(pushed, Signing.bytes(body.replace(told, digest))));

        assertThat(((Outcome.Accepted) outcome).uploads())
                .singleElement()
                .satisfies(upload -> assertThat(upload.content().files()).isEmpty());
    }

    private ModelChange change(String body) {
        return (ModelChange) ((Outcome.Accepted) receive(proven(Signing.bytes(body))))
                .announcements()
                .getFirst();
    }

    private Webhook referring(String mediaType) {
        return changed("\"length\": 1182", "\"references\": [{\"mediaType\": \"" + mediaType + "\"}]");
    }

    private Webhook changed(String from, String to) {
        String body = new String(sample().body(), StandardCharsets.UTF_8);
        assertThat(body).contains(from);
        return proven(Signing.bytes(body.replace(from, to)));
    }
}
