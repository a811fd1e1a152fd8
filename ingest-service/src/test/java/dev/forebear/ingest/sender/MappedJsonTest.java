package dev.forebear.ingest.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.announcement.Declared;
import dev.forebear.ingest.registration.JsonMapping;
import dev.forebear.ingest.registration.Proof;
import dev.forebear.ingest.registration.Reading;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.runtime.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappedJsonTest implements SenderContract {

    private static final String SECRET = "attic-demo-secret";

    @Override
    public RegistryKind kind() {
        return RegistryKind.JSON;
    }

    @Override
    public Secret secret() {
        return Secret.of(SECRET);
    }

    @Override
    public Webhook sample() {
        return proven(BODY);
    }

    @Override
    public Webhook proven(byte[] body) {
        return new Webhook(Map.of(proofHeader(), "sha256=" + Signing.hex(SECRET, body)), body, Sample.TIME);
    }

    @Override
    public String proofHeader() {
        return "X-Attic-Signature";
    }

    private static final byte[] BODY = Signing.bytes("""
        {"event": "saved", "delivery": 17, "at": "2026-11-20T08:00:05Z", "user": "casey",
         "checkpoint": {"name": "helios-7b", "revision": 4, "uri": "s3://models/helios-7b/v4/"},
         "parents": [{"name": "quarry-ai/basalt-7b"}, {"name": "quarry-ai/slate-1b"}]}
        """);

    private static final JsonMapping MAPPING = new JsonMapping(
            "$.checkpoint.name",
            "$.checkpoint.revision",
            "$.checkpoint.uri",
            "$.parents[*].name",
            "$.user",
            "$.at",
            "$.delivery",
            "$[?(@.event == 'saved')]");

    private static final Proof.Carrier CARRIER =
            new Proof.Carrier("X-Attic-Signature", Proof.Form.HMAC_SHA256_HEX, "sha256=");

    @Override
    public Registration registration() {
        return withSecrets(List.of(secret()));
    }

    @Override
    public Registration withSecrets(List<Secret> secrets) {
        return Registration.open("internal", kind())
                .provenBy(new Proof(secrets, Proof.DEFAULT_WINDOW, CARRIER))
                .readAs(new Reading(
                        null,
                        List.of(),
                        new JsonMapping(
                                MAPPING.model(),
                                MAPPING.version(),
                                MAPPING.location(),
                                MAPPING.bases(),
                                MAPPING.uploader(),
                                MAPPING.time(),
                                MAPPING.event(),
                                null)));
    }

    @Test
    void findsEverythingWhereTheMappingSays() {
        assertThat(receive(sample())).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            var upload = accepted.uploads().getFirst();
            assertThat(upload.id()).hasToString("internal/helios-7b@4");
            assertThat(upload.location()).isEqualTo("s3://models/helios-7b/v4/");
            assertThat(upload.by()).isEqualTo("casey");
            assertThat(upload.at()).isEqualTo("2026-11-20T08:00:05Z");
            assertThat(upload.eventId()).isEqualTo("json:internal:17");
            assertThat(upload.declaredBases())
                    .containsExactly(
                            new Declared("quarry-ai/basalt-7b", null, "webhook"),
                            new Declared("quarry-ai/slate-1b", null, "webhook"));
        });
    }

    @Test
    void ignoresWhatIsNotOfTheKindThatIsListenedFor() {
        var filtered = registration().readAs(new Reading(null, List.of(), MAPPING));
        String other = new String(BODY, StandardCharsets.UTF_8).replace("saved", "deleted");

        assertThat(Sender.of(filtered).receive(sample())).isInstanceOf(Outcome.Accepted.class);
        assertThat(Sender.of(filtered).receive(proven(Signing.bytes(other))))
                .isEqualTo(new Outcome.Ignored("other-event"));
    }

    @Test
    void saysWhichPathFoundNothingFit() {
        assertThat(receive(proven(Signing.bytes("{\"checkpoint\": {\"name\": \"helios-7b\"}}"))))
                .isInstanceOfSatisfying(
                        Outcome.PutAside.class,
                        aside -> assertThat(aside.message())
                                .isEqualTo("$.checkpoint.revision: expected a text, found nothing"));
        assertThat(receive(proven(Signing.bytes("{\"checkpoint\": {\"name\": {\"a\": 1}}}"))))
                .isInstanceOfSatisfying(
                        Outcome.PutAside.class,
                        aside -> assertThat(aside.message()).startsWith("$.checkpoint.name: expected a text"));
    }

    @Test
    void takesTheOtherFormsOfProof() {
        var open = registration();
        Map<Proof.Form, String> proofs = Map.of(
                Proof.Form.SECRET,
                SECRET,
                Proof.Form.BEARER,
                "Bearer " + SECRET,
                Proof.Form.HMAC_SHA256_BASE64,
                Signing.base64(SECRET, BODY));
        proofs.forEach((form, proof) -> {
            var carrier = new Proof.Carrier("X-Attic", form, "");
            var sender = Sender.of(open.provenBy(new Proof(List.of(secret()), Proof.DEFAULT_WINDOW, carrier)));

            assertThat(sender.receive(new Webhook(Map.of("X-Attic", proof), BODY, Sample.TIME)))
                    .isInstanceOf(Outcome.Accepted.class);
            assertThat(sender.receive(new Webhook(Map.of("X-Attic", proof + "x"), BODY, Sample.TIME)))
                    .isInstanceOf(Outcome.Rejected.class);
        });
    }

    @Test
    void readsPlainBodyWithoutAMapping() {
        var plain = Registration.open("internal", kind());
        byte[] body = Signing.bytes("{\"model\":\"a\",\"version\":\"1\",\"location\":\"s3://b/a/1/\"}");

        assertThat(Sender.of(plain).receive(new Webhook(Map.of(), body, Sample.TIME)))
                .isInstanceOf(Outcome.Accepted.class);
    }
}
