package dev.forebear.ingest.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.announcement.ModelChange;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.wire.ModelChangeKind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SageMakerTest implements SenderContract {

    private static final String SECRET = "aws-demo-token";

    @Override
    public RegistryKind kind() {
        return RegistryKind.SAGEMAKER;
    }

    @Override
    public Secret secret() {
        return Secret.of(SECRET);
    }

    @Override
    public Webhook sample() {
        return proven(Sample.body("aws-04-eventbridge-sagemaker-model-package"));
    }

    @Override
    public Webhook proven(byte[] body) {
        return new Webhook(Map.of("Authorization", "Bearer " + SECRET), body, Sample.TIME);
    }

    @Override
    public String proofHeader() {
        return "Authorization";
    }

    @Test
    void announcesCompletedPackage() {
        assertThat(receive(sample())).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            var upload = accepted.uploads().getFirst();
            assertThat(upload.id()).hasToString("internal/helios-7b-support@4");
            assertThat(upload.location()).isEqualTo("s3://acme-models/helios-7b/v4/model.tar.gz");
            assertThat(upload.at()).isEqualTo("2026-11-20T08:00:14Z");
        });
    }

    @Test
    void takesTheUncompressedFolderWhereThereIsOne() {
        var folder = changed(
                "\"ModelDataUrl\": \"s3://acme-models/helios-7b/v4/model.tar.gz\"",
                "\"ModelDataSource\": {\"S3DataSource\": {\"S3Uri\": \"s3://acme-models/helios-7b/v4/\"}}");

        assertThat(((Outcome.Accepted) receive(folder)).uploads().getFirst().location())
                .isEqualTo("s3://acme-models/helios-7b/v4/");
    }

    @Test
    void takesAnApprovalForTheSameEvent() {
        var approved = changed("PendingManualApproval", "Approved");

        assertThat(((Outcome.Accepted) receive(approved)).uploads().getFirst().eventId())
                .isEqualTo(((Outcome.Accepted) receive(sample()))
                        .uploads()
                        .getFirst()
                        .eventId());
    }

    @Test
    void tellsOfDeletedPackage() {
        assertThat(receive(changed("\"Completed\"", "\"Deleting\"")))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.announcements())
                                .singleElement()
                                .isInstanceOfSatisfying(ModelChange.class, change -> {
                                    assertThat(change.kind()).isEqualTo(ModelChangeKind.DELETED);
                                    assertThat(change.name()).isEqualTo("helios-7b-support");
                                    assertThat(change.version()).isEqualTo("4");
                                }));
    }

    @Test
    void ignoresPackageThatIsNotReadyAndOtherEvents() {
        assertThat(receive(changed("\"Completed\"", "\"InProgress\""))).isEqualTo(new Outcome.Ignored("not-completed"));
        assertThat(receive(changed("Package State", "Card State"))).isEqualTo(new Outcome.Ignored("other-type"));
    }

    @Test
    void asksTheRegistryWhereThePackageNamesNoData() {
        assertThat(receive(changed("\"ModelDataUrl\"", "\"Environment\"")))
                .isEqualTo(new Outcome.ToBeListed("no-location"));
    }

    private Webhook changed(String from, String to) {
        String body = new String(sample().body(), StandardCharsets.UTF_8);
        assertThat(body).contains(from);
        return proven(Signing.bytes(body.replace(from, to)));
    }
}
