package dev.forebear.replay.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {

    private static final byte[] MESSAGE = "what was found".getBytes(StandardCharsets.UTF_8);

    /** Written by {@code openssl genpkey -algorithm ed25519}, and its public half by {@code openssl pkey -pubout}. */
    private static final String OPENSSL_PRIVATE = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIOVvAYnOOF/XuzsT7zwgoPXp+dfNp0WTVM+YqI1p32ww
        -----END PRIVATE KEY-----
        """;

    private static final String OPENSSL_PUBLIC = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAJNdvGPNqhFjWhtHQj5ye4LNqrv5sqFAd/sPta2X2LKI=
        -----END PUBLIC KEY-----
        """;

    @TempDir
    private Path folder;

    @Test
    void readsKeysThatOpensslWrote() throws IOException {
        SigningKey signing = SigningKey.read(file(OPENSSL_PRIVATE));
        VerificationKey verification = VerificationKey.read(file(OPENSSL_PUBLIC));

        assertThat(verification.verifies(MESSAGE, signing.sign(MESSAGE))).isTrue();
    }

    @Test
    void signsTheSameEachTimeWithEd25519() throws IOException {
        SigningKey key = SigningKey.read(file(OPENSSL_PRIVATE));

        assertThat(key.sign(MESSAGE)).isEqualTo(key.sign(MESSAGE));
    }

    @Test
    void signsWithEllipticCurveP256() throws IOException {
        KeyFiles files = KeyFiles.ecdsa(folder, "secp256r1");
        byte[] signature = SigningKey.read(files.privateKey()).sign(MESSAGE);

        assertThat(VerificationKey.read(files.publicKey()).verifies(MESSAGE, signature))
                .isTrue();
    }

    @Test
    void refusesOtherCurvesByName() throws IOException {
        KeyFiles files = KeyFiles.ecdsa(folder, "secp384r1");

        assertThatThrownBy(() -> SigningKey.read(files.privateKey()))
                .isInstanceOf(UnusableKey.class)
                .hasMessageEndingWith("expected a key of Ed25519 or of ECDSA with P-256, found another");
    }

    @Test
    void saysWhatTheFileHoldsInstead() throws IOException {
        Path file = file(OPENSSL_PUBLIC);

        assertThatThrownBy(() -> SigningKey.read(file))
                .isInstanceOf(UnusableKey.class)
                .hasMessage(file + ": expected a line -----BEGIN PRIVATE KEY-----, found -----BEGIN PUBLIC KEY-----");
    }

    @Test
    void refusesAnEncryptedKey() throws IOException {
        Path file = file(OPENSSL_PRIVATE.replace("PRIVATE", "ENCRYPTED PRIVATE"));

        assertThatThrownBy(() -> SigningKey.read(file)).hasMessageContaining("-----BEGIN ENCRYPTED PRIVATE KEY-----");
    }

    @Test
    void takesWhatIsNoSignatureForNone() throws IOException {
        assertThat(VerificationKey.read(file(OPENSSL_PUBLIC)).verifies(MESSAGE, new byte[3]))
                .isFalse();
    }

    @Test
    void neverShowsAKey() throws IOException {
        assertThat(SigningKey.read(file(OPENSSL_PRIVATE))).hasToString("***");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "key", ".pem"), text);
    }
}
