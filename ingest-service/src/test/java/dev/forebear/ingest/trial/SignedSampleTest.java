package dev.forebear.ingest.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.announcement.ModelChange;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.announcement.ObjectChange;
import dev.forebear.ingest.registration.BucketLayout;
import dev.forebear.ingest.registration.LocationTemplate;
import dev.forebear.ingest.registration.Proof;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.ingest.sender.Outcome;
import dev.forebear.ingest.sender.Sender;
import dev.forebear.ingest.sender.Webhook;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.ModelVersionId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class SignedSampleTest {

    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
    private static final ModelVersionId ID = ModelVersionId.of("internal", "forebear-test", "7");

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"KUBEFLOW", "GITLAB", "VERTEX_AI"})
    void isBelievedAndAnnouncesTheVersion(RegistryKind kind) {
        Registration registration = registration(kind);
        SignedSample sample = SignedSample.of(registration, ID, NOW);

        assertThat(received(registration, sample)).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            assertThat(accepted.putAside()).isEmpty();
            assertThat(accepted.announcements())
                    .singleElement()
                    .satisfies(each ->
                            assertThat(version(each)).isEqualTo(sample.id().toString()));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"GITLAB", "VERTEX_AI"})
    void isBelievedWhereAnEventOnlyMakesUsLook(RegistryKind kind) {
        Registration registration = registration(kind);

        assertThat(received(registration, SignedSample.of(registration, ID, NOW)))
                .isInstanceOf(Outcome.ToBeListed.class);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "KUBEFLOW")
    void isNotBelievedWithAnotherSecret(RegistryKind kind) {
        SignedSample sample = SignedSample.of(registration(kind), ID, NOW);
        Registration other = registration(kind).provenBy(Proof.of(List.of(Secret.of("another-secret-0001"))));

        assertThat(received(other, sample))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.status()).isEqualTo(401));
    }

    @Test
    void saysThatARegistryWhichIsOnlyListedAnnouncesNothing() {
        assertThatThrownBy(() -> SignedSample.of(registration(RegistryKind.KUBEFLOW), ID, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kubeflow");
    }

    @Test
    void saysWhichNamesFitTheFolders() {
        Registration owned = registration(RegistryKind.S3).laidOutAs(new BucketLayout("{owner}/{name}/{version}"));

        assertThatThrownBy(() -> SignedSample.of(owned, ID, NOW)).hasMessageContaining("such as owner/name");
    }

    private static Registration registration(RegistryKind kind) {
        return Registration.of("internal", kind, Secret.of("sample-secret-0001"))
                .locatedAt(new LocationTemplate("s3://models/{name}/{version}/"));
    }

    private static Outcome received(Registration registration, SignedSample sample) {
        return Sender.of(registration).receive(new Webhook(sample.headers(), sample.body(), NOW));
    }

    private static String version(Announcement announcement) {
        return switch (announcement) {
            case ModelUpload upload -> upload.id().toString();
            case ObjectChange change -> change.registry() + "/" + change.name() + "@" + change.version();
            case ModelChange change -> change.registry() + "/" + change.name();
        };
    }
}
