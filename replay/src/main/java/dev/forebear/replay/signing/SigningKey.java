package dev.forebear.replay.signing;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * A private key, Ed25519 or ECDSA with P-256. Signatures with Ed25519 are the same each time; those with ECDSA are not.
 */
public final class SigningKey {

    private final PrivateKey key;
    private final KeyKind kind;

    private SigningKey(PrivateKey key, KeyKind kind) {
        this.key = key;
        this.kind = kind;
    }

    /**
     * @param file PKCS#8 in PEM without a passphrase, as {@code openssl genpkey -algorithm ed25519} writes it
     * @throws UnusableKey when it holds anything else
     */
    public static SigningKey read(Path file) throws IOException {
        Pem.KeyAndKind<PrivateKey> read = Pem.read(
                file, "PRIVATE KEY", (keys, encoded) -> keys.generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        return new SigningKey(read.key(), read.kind());
    }

    byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(kind.signatureAlgorithm());
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a key of " + kind + " that was read does not sign", impossible);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
