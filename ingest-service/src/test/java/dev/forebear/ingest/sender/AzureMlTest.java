package dev.forebear.ingest.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.announcement.Declared;
import dev.forebear.ingest.registration.LocationTemplate;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.runtime.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AzureMlTest implements ProofContract {

    private static final String SECRET = "azure-demo-secret";

    @Override
    public RegistryKind kind() {
        return RegistryKind.AZURE_ML;
    }

    @Override
    public Secret secret() {
        return Secret.of(SECRET);
    }

    @Override
    public Webhook sample() {
        return proven(Sample.body("azureml-01-model-registered-cloudevents"));
    }

    @Override
    public Webhook proven(byte[] body) {
        return new Webhook(Map.of("Authorization", "Bearer " + SECRET), body, Sample.TIME);
    }

    @Override
    public String proofHeader() {
        return "Authorization";
    }

    @ParameterizedTest
    @ValueSource(strings = {"azureml-01-model-registered-cloudevents", "azureml-02-eventgrid-schema"})
    void announcesRegisteredModelInBothSchemasWhereTheOperatorSaysItLies(String sample) {
        var located = registration().locatedAt(new LocationTemplate("s3://mirror/{name}/{version}/"));

        assertThat(Sender.of(located).receive(proven(Sample.body(sample))))
                .isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
                    var upload = accepted.uploads().getFirst();
                    assertThat(upload.id()).hasToString("internal/helios-7b-support@4");
                    assertThat(upload.location()).isEqualTo("s3://mirror/helios-7b-support/4/");
                    assertThat(upload.at()).isEqualTo("2026-11-20T08:00:03.958410300Z");
                });
    }

    @Test
    void takesTheTagForADeclaration() {
        var located = registration().locatedAt(new LocationTemplate("s3://mirror/{name}/{version}/"));

        assertThat(((Outcome.Accepted) Sender.of(located).receive(sample()))
                        .uploads()
                        .getFirst()
                        .declaredBases())
                .containsExactly(new Declared("quarry-ai/basalt-7b", null, "registry-tag"));
    }

    @Test
    void asksTheRegistryWhereNobodySaysWhereItLies() {
        assertThat(receive(sample())).isEqualTo(new Outcome.ToBeListed("no-location"));
    }

    @Test
    void answersTheQuestionOfEventGridOnlyToWhoHasTheSecret() {
        byte[] question = Sample.body("azureml-03-subscription-validation");

        assertThat(receive(proven(question)))
                .isEqualTo(new Outcome.Confirmed(Map.of("validationResponse", "512d38b6-c7b8-40c8-89fe-f46f9e9622b6")));
        assertThat(receive(new Webhook(Map.of(), question, Sample.TIME))).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void takesTheSecretFromTheAddress() {
        byte[] body = sample().body();

        assertThat(receive(new Webhook(Map.of(), Map.of("secret", SECRET), body, Sample.TIME)))
                .isEqualTo(new Outcome.ToBeListed("no-location"));
        assertThat(receive(new Webhook(Map.of(), Map.of("secret", "another"), body, Sample.TIME)))
                .isEqualTo(new Outcome.Rejected(401, "secret-wrong", "the parameter secret does not hold the secret"));
    }

    @Test
    void takesTheSecretAsThePasswordOfAnyUser() {
        String basic = java.util.Base64.getEncoder().encodeToString(Signing.bytes("events:" + SECRET));

        assertThat(receive(Sample.with(sample(), "Authorization", "Basic " + basic)))
                .isInstanceOf(Outcome.ToBeListed.class);
        assertThat(Sender.of(withSecrets(List.of(Secret.of("other"))))
                        .receive(Sample.with(sample(), "Authorization", "Basic " + basic)))
                .isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void ignoresRunsAndDeployments() {
        assertThat(receive(proven(Signing.bytes(
                        "[{\"eventType\":\"Microsoft.MachineLearningServices.RunCompleted\",\"data\":{}}]"))))
                .isEqualTo(new Outcome.Ignored("not-an-upload"));
    }
}
