package dev.forebear.ingest.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.announcement.Content;
import dev.forebear.ingest.announcement.ModelChange;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.wire.ModelChangeKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HarborTest implements SenderContract {

    private static final String SECRET = "harbor-demo-token";

    @Override
    public RegistryKind kind() {
        return RegistryKind.HARBOR;
    }

    @Override
    public Secret secret() {
        return Secret.of(SECRET);
    }

    @Override
    public Webhook sample() {
        return Sample.read("harbor-01-push-artifact-default");
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

    @ParameterizedTest
    @ValueSource(strings = {"harbor-01-push-artifact-default", "harbor-02-push-artifact-cloudevents"})
    void announcesPushedArtifactInBothFormats(String sample) {
        assertThat(receive(Sample.read(sample))).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            var upload = accepted.uploads().getFirst();
            assertThat(upload.id()).hasToString("internal/models/helios-7b@v4");
            assertThat(upload.location()).isEqualTo("oci://harbor.example.com/models/helios-7b@" + DIGEST);
            assertThat(upload.content()).isEqualTo(Content.tagged(DIGEST));
            assertThat(upload.visibility()).isEqualTo("private");
            assertThat(upload.by()).isEqualTo("robot$ci");
            assertThat(upload.at()).isEqualTo("2026-11-20T08:00:02Z");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "harbor-01-push-artifact-default, PUSH_ARTIFACT, DELETE_ARTIFACT",
        "harbor-02-push-artifact-cloudevents, artifact.pushed, artifact.deleted"
    })
    void tellsOfDeletedArtifact(String sample, String from, String to) {
        assertThat(receive(changed(sample, from, to)))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.announcements())
                                .singleElement()
                                .isInstanceOfSatisfying(ModelChange.class, change -> {
                                    assertThat(change.kind()).isEqualTo(ModelChangeKind.DELETED);
                                    assertThat(change.name()).isEqualTo("models/helios-7b");
                                    assertThat(change.version()).isEqualTo("v4");
                                }));
    }

    @Test
    void takesADigestWhereATagBelongsForNoTag() {
        var replicated = changed("harbor-01-push-artifact-default", "\"tag\":\"v4\"", "\"tag\":\"" + DIGEST + "\"");

        assertThat(((Outcome.Accepted) receive(replicated))
                        .uploads()
                        .getFirst()
                        .id()
                        .version())
                .isEqualTo(DIGEST);
    }

    @Test
    void ignoresPullsAndScans() {
        for (String type : new String[] {"PULL_ARTIFACT", "SCANNING_COMPLETED", "QUOTA_EXCEED"}) {
            assertThat(receive(changed("harbor-01-push-artifact-default", "PUSH_ARTIFACT", type)))
                    .isEqualTo(new Outcome.Ignored("not-a-write"));
        }
    }

    private static Webhook changed(String sample, String from, String to) {
        var webhook = Sample.read(sample);
        String body = new String(webhook.body(), StandardCharsets.UTF_8);
        assertThat(body).contains(from);
        return Sample.with(webhook, Signing.bytes(body.replace(from, to)));
    }
}
