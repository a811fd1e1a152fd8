package dev.forebear.ingest.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forebear.ingest.announcement.ObjectChange;
import dev.forebear.ingest.registration.LocationTemplate;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.wire.ObjectChangeKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArtifactoryTest implements ProofContract {

    private static final String SECRET = "jfrog-demo-secret";

    @Override
    public RegistryKind kind() {
        return RegistryKind.ARTIFACTORY;
    }

    @Override
    public Secret secret() {
        return Secret.of(SECRET);
    }

    @Override
    public Webhook sample() {
        return Sample.read("artifactory-01-artifact-deployed");
    }

    @Override
    public Webhook proven(byte[] body) {
        return Sample.with(sample(), body);
    }

    @Override
    public String proofHeader() {
        return "X-JFrog-Event-Auth";
    }

    private static final String SHA256 = "5ac6747bd1c9737034e95923613f7204fa1f80fcf5f759b1263a5b7d71581939";

    @Override
    public Registration registration() {
        return Registration.of("internal", kind(), secret())
                .locatedAt(new LocationTemplate("s3://artifactory/{name}/{version}"));
    }

    @Test
    void tellsOfEveryFileWithItsDigest() {
        assertThat(changes(sample())).singleElement().satisfies(change -> {
            assertThat(change.folder()).isEqualTo("s3://artifactory/helios-7b/v4/");
            assertThat(change.path()).isEqualTo("model-00001-of-00002.safetensors");
            assertThat(change.name()).isEqualTo("helios-7b");
            assertThat(change.version()).isEqualTo("v4");
            assertThat(change.kind()).isEqualTo(ObjectChangeKind.WRITTEN);
            assertThat(change.sha256()).isEqualTo(SHA256);
            assertThat(change.size()).isEqualTo(9942981696L);
            assertThat(change.by()).isEqualTo("casey@example.com");
        });
    }

    @Test
    void takesASignedBodyAndRefusesItWithAnyByteChanged() {
        byte[] body = sample().body();
        var signed = Sample.with(
                sample(), proofHeader(), "b4c9d49805aafc448c1021825b02652c1f49c20e05dd3b96db909f924b6b8b6a");

        assertThat(receive(signed)).isEqualTo(receive(sample()));
        for (int i = 0; i < body.length; i++) {
            byte[] changed = body.clone();
            changed[i] ^= 1;
            assertThat(receive(Sample.with(signed, changed))).as("byte %d", i).isInstanceOf(Outcome.Rejected.class);
        }
    }

    @Test
    void tellsOfBothEndsOfAMove() {
        var moved = changed(
                "\"deployed\"",
                "\"moved\"",
                "\"repo_key\"",
                "\"source_repo_path\":\"ml-local/helios-7b/v3/model.safetensors\","
                        + "\"target_repo_path\":\"ml-local/helios-7b/v4/model.safetensors\",\"repo_key\"");

        assertThat(changes(moved))
                .extracting(ObjectChange::kind, ObjectChange::folder)
                .containsExactly(
                        tuple(ObjectChangeKind.REMOVED, "s3://artifactory/helios-7b/v3/"),
                        tuple(ObjectChangeKind.WRITTEN, "s3://artifactory/helios-7b/v4/"));
    }

    @Test
    void tellsOfDeletedFile() {
        assertThat(changes(changed("\"deployed\"", "\"deleted\"", "", "")))
                .singleElement()
                .extracting(ObjectChange::kind)
                .isEqualTo(ObjectChangeKind.REMOVED);
    }

    @Test
    void ignoresFilesThatAreNotOfAModelAndOtherDomains() {
        assertThat(receive(changed("-00001-of-00002.safetensors", ".jar", "", "")))
                .isEqualTo(new Outcome.Ignored("not-of-a-model"));
        assertThat(receive(changed("\"domain\":\"artifact\"", "\"domain\":\"build\"", "", "")))
                .isEqualTo(new Outcome.Ignored("other-domain"));
    }

    @Test
    void putsAsideFilesOutsideTheLayoutOrWithoutAPlaceToReadThem() {
        assertThat(receive(changed("helios-7b/v4/", "", "", ""))).isInstanceOf(Outcome.PutAside.class);
        var nowhere = Registration.of("internal", kind(), secret());
        assertThat(Sender.of(nowhere).receive(sample())).isInstanceOf(Outcome.PutAside.class);
    }

    private List<ObjectChange> changes(Webhook webhook) {
        return ((Outcome.Accepted) receive(webhook))
                .announcements().stream().map(ObjectChange.class::cast).toList();
    }

    private Webhook changed(String from, String to, String secondFrom, String secondTo) {
        String body = new String(sample().body(), StandardCharsets.UTF_8);
        assertThat(body).contains(from, secondFrom);
        String once = body.replace(from, to);
        return proven(Signing.bytes(secondFrom.isEmpty() ? once : once.replace(secondFrom, secondTo)));
    }
}
