package dev.forebear.ingest.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.runtime.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VertexAiTest implements ProofContract {

    private static final String SECRET = "<OIDC JWT>";

    @Override
    public RegistryKind kind() {
        return RegistryKind.VERTEX_AI;
    }

    @Override
    public Secret secret() {
        return Secret.of(SECRET);
    }

    @Override
    public Webhook sample() {
        return Sample.read("vertex-01-audit-log-upload-model");
    }

    @Override
    public Webhook proven(byte[] body) {
        return Sample.with(sample(), body);
    }

    @Override
    public String proofHeader() {
        return "Authorization";
    }

    @ParameterizedTest
    @CsvSource({
        "UploadModel, upload",
        "CopyModel, upload",
        "DeleteModel, deletion",
        "DeleteModelVersion, deletion",
        "UpdateModel, update"
    })
    void looksAfterEveryChangeOfTheRegistry(String method, String reason) {
        assertThat(receive(proven(called(method)))).isEqualTo(new Outcome.ToBeListed(reason));
    }

    @Test
    void ignoresPredictions() {
        assertThat(receive(proven(called("Predict")))).isEqualTo(new Outcome.Ignored("not-an-upload"));
    }

    @Test
    void readsStructuredEventsAndTheSecretInTheAddress() {
        String entry = new String(called("UploadModel"), StandardCharsets.UTF_8);
        byte[] structured = Signing.bytes("{\"specversion\":\"1.0\",\"data\":" + entry + "}");

        assertThat(receive(new Webhook(Map.of(), Map.of("secret", SECRET), structured, Sample.TIME)))
                .isEqualTo(new Outcome.ToBeListed("upload"));
    }

    private byte[] called(String method) {
        String body = new String(sample().body(), StandardCharsets.UTF_8);
        return Signing.bytes(body.replace("UploadModel\"", method + "\""));
    }
}
