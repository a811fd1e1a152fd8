package dev.forebear.ingest.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.announcement.Declared;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.runtime.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightsAndBiasesTest implements SenderContract {

    private static final String SECRET = "wandb-demo-secret";

    @Override
    public RegistryKind kind() {
        return RegistryKind.WEIGHTS_AND_BIASES;
    }

    @Override
    public Secret secret() {
        return Secret.of(SECRET);
    }

    @Override
    public Webhook sample() {
        return located(Sample.read("wandb-01-artifact-linked").body());
    }

    @Override
    public Webhook proven(byte[] body) {
        return Sample.with(
                Sample.with(Sample.read("wandb-01-artifact-linked"), body),
                proofHeader(),
                Signing.base64(SECRET, body));
    }

    @Override
    public String proofHeader() {
        return "X-Wandb-Signature";
    }

    @Test
    void announcesLinkedVersionWithWhatTheTemplateTells() {
        assertThat(receive(sample())).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            var upload = accepted.uploads().getFirst();
            assertThat(upload.id()).hasToString("internal/brightforge/model-registry/helios-7b@v4");
            assertThat(upload.location()).isEqualTo("s3://models/helios-7b/v4/");
            assertThat(upload.by()).isEqualTo("casey");
            assertThat(upload.declaredBases())
                    .containsExactly(new Declared("quarry-ai/basalt-7b", null, "registry-tag"));
        });
    }

    @Test
    void asksTheRegistryWhereTheTemplateTellsNoLocation() {
        assertThat(receive(Sample.read("wandb-01-artifact-linked"))).isEqualTo(new Outcome.ToBeListed("no-location"));
    }

    @Test
    void takesTheAccessTokenWhereNothingIsSigned() {
        var unsigned = Sample.without(sample(), proofHeader());
        var byToken = withSecrets(List.of(Secret.of("wandb-demo-access-token")));

        assertThat(Sender.of(byToken).receive(unsigned)).isInstanceOf(Outcome.Accepted.class);
        assertThat(receive(unsigned)).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void refusesAWrongSignatureWhateverTheToken() {
        var both = withSecrets(List.of(secret(), Secret.of("wandb-demo-access-token")));
        var changed = Sample.with(sample(), Signing.bytes("{\"event_type\":\"LINK_ARTIFACT\"}"));

        assertThat(Sender.of(both).receive(changed))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class, r -> assertThat(r.reason()).isEqualTo("signature-wrong"));
    }

    private Webhook located(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return proven(Signing.bytes(
                text.replace("{\"event_type\"", "{\"location\":\"s3://models/helios-7b/v4/\",\"event_type\"")));
    }
}
