package dev.forebear.ingest.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.runtime.Secret;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitLabTest implements ProofContract {

    private static final String SECRET = "gitlab-demo-token";

    @Override
    public RegistryKind kind() {
        return RegistryKind.GITLAB;
    }

    @Override
    public Secret secret() {
        return Secret.of(SECRET);
    }

    @Override
    public Webhook sample() {
        return Sample.read("gitlab-01-tag-push");
    }

    @Override
    public Webhook proven(byte[] body) {
        return Sample.with(sample(), body);
    }

    @Override
    public String proofHeader() {
        return "X-Gitlab-Token";
    }

    @ParameterizedTest
    @CsvSource({
        "tag_push, {}, tag",
        "release, {}, release",
        "pipeline, {\"status\":\"success\"}, pipeline",
    })
    void looksAfterWhatReleasesModels(String kind, String attributes, String reason) {
        assertThat(receive(proven(hook(kind, attributes)))).isEqualTo(new Outcome.ToBeListed(reason));
    }

    @ParameterizedTest
    @CsvSource({"pipeline, {\"status\":\"running\"}, pipeline-not-done", "issue, {}, not-a-release"})
    void ignoresWhatReleasesNothing(String kind, String attributes, String reason) {
        assertThat(receive(proven(hook(kind, attributes)))).isEqualTo(new Outcome.Ignored(reason));
    }

    @Test
    void takesASignatureAsInStandardWebhooksWithTheKeyDecodedOrNot() {
        String encoded = Base64.getEncoder().encodeToString(Signing.bytes("a signing key of some length"));
        for (var key : Map.of("whsec_" + encoded, "a signing key of some length", "plain-token", "plain-token")
                .entrySet()) {
            var registration = withSecrets(List.of(Secret.of(key.getKey())));
            var signed = signed(Signing.bytes(key.getValue()));

            assertThat(Sender.of(registration).receive(signed)).isEqualTo(new Outcome.ToBeListed("tag"));
        }
    }

    @Test
    void refusesAWrongOrStaleSignatureWhateverTheToken() {
        var signed = signed(Signing.bytes(SECRET));

        assertThat(receive(signed)).isEqualTo(new Outcome.ToBeListed("tag"));
        assertThat(receive(Sample.with(signed, hook("release", "{}"))))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class, r -> assertThat(r.reason()).isEqualTo("signature-wrong"));
        assertThat(receive(Sample.with(signed, "webhook-timestamp", "1795161601")))
                .isInstanceOf(Outcome.Rejected.class);
        assertThat(receive(Sample.at(Sample.TIME.plusSeconds(600), signed)))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class, r -> assertThat(r.reason()).isEqualTo("stale"));
    }

    private Webhook signed(byte[] key) {
        var webhook = Sample.with(Sample.with(sample(), "webhook-id", "a"), "webhook-timestamp", "1795161600");
        return Sample.with(
                webhook, "webhook-signature", "v1,AAAA " + Signing.timed(key, "a", "1795161600", webhook.body()));
    }

    private static byte[] hook(String kind, String attributes) {
        return Signing.bytes("{\"object_kind\":\"" + kind + "\",\"object_attributes\":" + attributes + "}");
    }
}
