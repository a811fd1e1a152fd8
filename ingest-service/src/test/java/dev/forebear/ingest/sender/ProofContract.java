package dev.forebear.ingest.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.registration.Proof;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.DeadLetterReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every sender does with proofs, whatever its format. */
interface ProofContract {

    RegistryKind kind();

    /** The secret of {@link #sample}. */
    Secret secret();

    /** A request that announces something and is proven by the secret. */
    Webhook sample();

    /** A request with another body, proven by the secret. */
    Webhook proven(byte[] body);

    /** The header that carries the proof. */
    String proofHeader();

    default Registration registration() {
        return Registration.of("internal", kind(), secret());
    }

    default Registration withSecrets(List<Secret> secrets) {
        return registration().provenBy(Proof.of(secrets));
    }

    default Outcome receive(Webhook webhook) {
        return Sender.of(registration()).receive(webhook);
    }

    @Test
    default void refusesMissingProof() {
        assertThat(receive(Sample.without(sample(), proofHeader())))
                .isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
                    assertThat(rejected.status()).isEqualTo(401);
                    assertThat(rejected.reason()).endsWith("-missing");
                });
    }

    @Test
    default void refusesProofWithAnyCharacterChanged() {
        String proof = String.valueOf(sample().header(proofHeader()));
        // The last character before padding also holds unused bits; the ones before it do not.
        for (int i = 0; i < proof.length() - 2; i++) {
            char changed = proof.charAt(i) == 'x' ? 'y' : 'x';
            String wrong = proof.substring(0, i) + changed + proof.substring(i + 1);

            assertThat(receive(Sample.with(sample(), proofHeader(), wrong)))
                    .as("%s: %s", proofHeader(), wrong)
                    .isInstanceOfSatisfying(
                            Outcome.Rejected.class,
                            rejected -> assertThat(rejected.status()).isEqualTo(401));
        }
    }

    @Test
    default void refusesWrongSecretAndNeverNamesIt() {
        var other = withSecrets(List.of(Secret.of("another-secret")));

        assertThat(Sender.of(other).receive(sample())).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.reason()).endsWith("-wrong");
            assertThat(rejected.toString()).doesNotContain("another-secret", secret().reveal());
        });
    }

    @Test
    default void acceptsEachOfSeveralSecrets() {
        var first = withSecrets(List.of(secret(), Secret.of("next-secret")));
        var last = withSecrets(List.of(Secret.of("next-secret"), secret()));

        assertThat(Sender.of(first).receive(sample()))
                .isInstanceOfAny(Outcome.Accepted.class, Outcome.ToBeListed.class);
        assertThat(Sender.of(last).receive(sample())).isInstanceOfAny(Outcome.Accepted.class, Outcome.ToBeListed.class);
    }

    @Test
    default void acceptsAnybodyOnlyWhereNoSecretIsAskedFor() {
        var open = withSecrets(List.of());

        assertThat(Sender.of(open).receive(Sample.without(sample(), proofHeader())))
                .isInstanceOfAny(Outcome.Accepted.class, Outcome.ToBeListed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "null", "{}", "\"text\"", "{\"a\":1}{\"b\":2}", "{\"a\":1,\"a\":2}", "\u0000"})
    default void putsAsideWhatIsProvenButNotUnderstood(String body) {
        var outcome = receive(proven(body.getBytes(StandardCharsets.UTF_8)));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.PutAside.class, putAside -> {
            assertThat(putAside.reason()).isEqualTo(DeadLetterReason.MALFORMED);
            assertThat(putAside.message()).contains("expected").hasLineCount(1);
        });
    }

    @Test
    default void refusesWhatIsNeitherProvenNorUnderstood() {
        var open = withSecrets(List.of());
        var nonsense = Sample.with(Sample.without(sample(), proofHeader()), "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(Sender.of(open).receive(nonsense))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.status()).isEqualTo(400));
    }

    @Test
    default void survivesDeepNestingAndHugeNumbers() {
        for (String body : List.of("[".repeat(100_000), "{\"a\":".repeat(1000), "[" + "9".repeat(100_000) + "]")) {
            assertThat(receive(proven(body.getBytes(StandardCharsets.UTF_8)))).isInstanceOf(Outcome.PutAside.class);
        }
    }
}
