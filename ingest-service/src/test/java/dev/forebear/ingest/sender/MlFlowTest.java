package dev.forebear.ingest.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.announcement.Declared;
import dev.forebear.ingest.announcement.ModelChange;
import dev.forebear.ingest.registration.JsonMapping;
import dev.forebear.ingest.registration.LocationTemplate;
import dev.forebear.ingest.registration.Proof;
import dev.forebear.ingest.registration.Reading;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.ingest.registration.Stores;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.wire.ModelChangeKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MlFlowTest implements SenderContract {

    private static final String SECRET = "mlflow-demo-secret-0001";
    private static final Instant SIGNED = Instant.ofEpochSecond(1795161600);

    @Override
    public RegistryKind kind() {
        return RegistryKind.MLFLOW;
    }

    @Override
    public Secret secret() {
        return Secret.of(SECRET);
    }

    @Override
    public Webhook sample() {
        return Sample.read("mlflow-02-model-version-created-s3-source");
    }

    @Override
    public Webhook proven(byte[] body) {
        return new Webhook(
                Map.of(
                        "X-MLflow-Delivery-Id", "a-delivery",
                        "X-MLflow-Timestamp", "1795161600",
                        "X-MLflow-Signature", Signing.timed(Signing.bytes(SECRET), "a-delivery", "1795161600", body)),
                body,
                Sample.TIME);
    }

    @Override
    public String proofHeader() {
        return "X-MLflow-Signature";
    }

    @Test
    void announcesCreatedVersionWithItsDeclaredBase() {
        assertThat(receive(Sample.read("mlflow-01-model-version-created")))
                .isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
                    var upload = accepted.uploads().getFirst();
                    assertThat(upload.id()).hasToString("internal/helios-7b-support@4");
                    assertThat(upload.declaredBases())
                            .containsExactly(new Declared("quarry-ai/basalt-7b", null, "registry-tag"));
                    assertThat(upload.at()).isEqualTo("2026-11-20T08:00:00.123456Z");
                    assertThat(upload.eventId()).isEqualTo("mlflow:internal:0b9d0c1e-7c55-4a36-9a6e-4f6f4d6a0001");
                });
    }

    @Test
    void takesTheSourceForTheLocationWhereItIsOne() {
        assertThat(location("mlflow-02-model-version-created-s3-source"))
                .isEqualTo("s3://ml-artifacts/7/2f3e4d5c6b7a8091a2b3c4d5e6f70819/artifacts/model");
    }

    @Test
    void passesOnWhatTheWorkerAsksTheServerFor() {
        assertThat(location("mlflow-01-model-version-created")).isEqualTo("models:/m-5c1d0e8a9b7f4d2ea1f0c3b2d4e5f607");
        assertThat(location("mlflow-08-with-workspace")).isEqualTo("runs:/2f3e4d5c6b7a8091a2b3c4d5e6f70819/model");
    }

    @Test
    void keepsModelsOfDifferentWorkspacesApart() {
        assertThat(receive(Sample.read("mlflow-08-with-workspace")))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.uploads().getFirst().id())
                                .hasToString("internal/team-a/slate-ner@2"));
    }

    @ParameterizedTest
    @CsvSource({
        "mlflow-03-registered-model-created, not-an-upload",
        "mlflow-06-model-version-alias-created, not-an-upload",
        "mlflow-07-model-version-alias-deleted, not-an-upload"
    })
    void ignoresWhatBringsNoWeights(String sample, String reason) {
        assertThat(receive(Sample.read(sample))).isEqualTo(new Outcome.Ignored(reason));
    }

    @ParameterizedTest
    @CsvSource({"mlflow-04-model-version-tag-set, 1", "mlflow-05-model-version-tag-deleted, 0"})
    void tellsWhatIsDeclaredNow(String sample, int bases) {
        assertThat(receive(Sample.read(sample))).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            assertThat(accepted.announcements()).singleElement().isInstanceOfSatisfying(ModelChange.class, change -> {
                assertThat(change.kind()).isEqualTo(ModelChangeKind.DECLARATION_CHANGED);
                assertThat(change.name()).isEqualTo("helios-7b-support");
                assertThat(change.version()).isEqualTo("4");
                assertThat(change.declaredBases())
                        .hasSize(bases)
                        .allMatch(base -> base.name().equals("quarry-ai/basalt-7b"));
            });
        });
    }

    @Test
    void asksTheServerWhereSeveralTagsDeclare() {
        var several =
                registration().readAs(new Reading(null, List.of("base_model", "derived_from"), JsonMapping.PLAIN));

        assertThat(Sender.of(several).receive(Sample.read("mlflow-04-model-version-tag-set")))
                .isEqualTo(new Outcome.ToBeListed("declaration-changed"));
    }

    @Test
    void ignoresTagsThatDeclareNothing() {
        var others = registration().readAs(new Reading(null, List.of("derived_from"), JsonMapping.PLAIN));

        assertThat(Sender.of(others).receive(Sample.read("mlflow-04-model-version-tag-set")))
                .isEqualTo(new Outcome.Ignored("other-tag"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mlflow-01-model-version-created",
                "mlflow-02-model-version-created-s3-source",
                "mlflow-03-registered-model-created",
                "mlflow-04-model-version-tag-set",
                "mlflow-05-model-version-tag-deleted",
                "mlflow-06-model-version-alias-created",
                "mlflow-07-model-version-alias-deleted",
                "mlflow-08-with-workspace"
            })
    void refusesSampleWithAnyByteOfItsBodyChanged(String sample) {
        var webhook = Sample.read(sample);
        for (int i = 0; i < webhook.body().length; i++) {
            byte[] body = webhook.body().clone();
            body[i] ^= 1;

            assertThat(receive(Sample.with(webhook, body)))
                    .as("byte %d", i)
                    .isInstanceOfSatisfying(
                            Outcome.Rejected.class, r -> assertThat(r.reason()).isEqualTo("signature-wrong"));
        }
    }

    @Test
    void refusesOtherDeliveryIdOrTimestampThanWasSigned() {
        assertThat(receive(Sample.with(sample(), "X-MLflow-Delivery-Id", "0b9d0c1e-7c55-4a36-9a6e-4f6f4d6a0003")))
                .isInstanceOf(Outcome.Rejected.class);
        assertThat(receive(Sample.with(sample(), "X-MLflow-Timestamp", "1795161601")))
                .isInstanceOf(Outcome.Rejected.class);
        assertThat(receive(Sample.without(sample(), "X-MLflow-Delivery-Id"))).isInstanceOf(Outcome.Rejected.class);
        assertThat(receive(Sample.without(sample(), "X-MLflow-Timestamp"))).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void acceptsWithinTheReplayWindowAndRefusesBeyondOnBothSides() {
        Duration window = Proof.DEFAULT_WINDOW;

        assertThat(receive(Sample.at(SIGNED.plus(window), sample()))).isInstanceOf(Outcome.Accepted.class);
        assertThat(receive(Sample.at(SIGNED.minus(window), sample()))).isInstanceOf(Outcome.Accepted.class);
        for (Instant stale :
                List.of(SIGNED.plus(window).plusSeconds(1), SIGNED.minus(window).minusSeconds(1))) {
            assertThat(receive(Sample.at(stale, sample()))).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
                assertThat(rejected.status()).isEqualTo(401);
                assertThat(rejected.reason()).isEqualTo("stale");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "", "-9223372036854775808", "9223372036854775807", "99999999999999999999"})
    void refusesTimestampThatIsNoneThoughItIsSigned(String timestamp) {
        byte[] body = sample().body();
        var webhook = new Webhook(
                Map.of(
                        "X-MLflow-Delivery-Id",
                        "a",
                        "X-MLflow-Timestamp",
                        timestamp,
                        "X-MLflow-Signature",
                        Signing.timed(Signing.bytes(SECRET), "a", timestamp, body)),
                body,
                Sample.TIME);

        assertThat(receive(webhook))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class, r -> assertThat(r.reason()).isEqualTo("stale"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1,", "v1,%%%", "v2,F8w7iEympsaBLsZ5xiIyhYLp9oOAH14Z/zma1/Ze2YQ=", "sha256=00"})
    void refusesSignatureInAnotherForm(String signature) {
        assertThat(receive(Sample.with(sample(), "X-MLflow-Signature", signature)))
                .isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void followsNoSourceIntoFilesOrTheNetworkUnlessTheOperatorSaysSo() {
        for (String source : List.of("file:///etc/passwd", "/etc/passwd", "http://169.254.169.254/", "s3://a/../b/")) {
            assertThat(receive(proven(created(source)))).as(source).isInstanceOf(Outcome.PutAside.class);
        }
        var files = registration().restrictedTo(new Stores(List.of("/srv/models/")));
        assertThat(Sender.of(files).receive(proven(created("models:/m-0a1b")))).isInstanceOf(Outcome.PutAside.class);
        assertThat(Sender.of(files).receive(proven(created("/srv/models/slate"))))
                .isInstanceOf(Outcome.Accepted.class);
        assertThat(Sender.of(files).receive(proven(created("/srv/models/../secret"))))
                .isInstanceOf(Outcome.PutAside.class);
    }

    @Test
    void resolvesSourceByTemplate() {
        var located = registration().locatedAt(new LocationTemplate("s3://ml/{name}/{version}/"));

        assertThat(Sender.of(located).receive(Sample.read("mlflow-01-model-version-created")))
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.uploads().getFirst().location())
                                .isEqualTo("s3://ml/helios-7b-support/4/"));
    }

    private String location(String sample) {
        return ((Outcome.Accepted) receive(Sample.read(sample)))
                .uploads()
                .getFirst()
                .location();
    }

    private static byte[] created(String source) {
        return ("{\"entity\": \"model_version\", \"action\": \"created\", \"data\": {\"name\": \"slate\","
                        + " \"version\": \"1\", \"source\": \"" + source + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
