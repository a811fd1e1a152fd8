package dev.forebear.ingest.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.runtime.Secret;
import org.junit.jupiter.api.Test;

class DatabricksTest implements SenderContract {

    private static final String SECRET = "dbx-demo-secret";

    @Override
    public RegistryKind kind() {
        return RegistryKind.DATABRICKS;
    }

    @Override
    public Secret secret() {
        return Secret.of(SECRET);
    }

    @Override
    public Webhook sample() {
        return Sample.read("databricks-01-model-version-created");
    }

    @Override
    public Webhook proven(byte[] body) {
        return Sample.with(Sample.with(sample(), body), proofHeader(), Signing.hex(SECRET, body));
    }

    @Override
    public String proofHeader() {
        return "X-Databricks-Signature";
    }

    @Test
    void announcesCreatedVersionWhereTheServerKnowsItLies() {
        assertThat(receive(sample())).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            var upload = accepted.uploads().getFirst();
            assertThat(upload.id()).hasToString("internal/helios-7b-support@4");
            assertThat(upload.location()).isEqualTo("models:/helios-7b-support/4");
            assertThat(upload.at()).isEqualTo("2026-11-20T08:00:00.123Z");
        });
    }

    @Test
    void ignoresOtherEvents() {
        assertThat(receive(proven(Signing.bytes("{\"event\":\"COMMENT_CREATED\"}"))))
                .isEqualTo(new Outcome.Ignored("not-an-upload"));
    }

    @Test
    void putsAsideTimesThatNoRecordCanHold() {
        String body = new String(sample().body(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(receive(proven(Signing.bytes(body.replace("1795161600123", "999999999999999999")))))
                .isInstanceOfSatisfying(
                        Outcome.PutAside.class,
                        aside -> assertThat(aside.message()).contains("event_timestamp: expected Millis since 1970"));
    }
}
