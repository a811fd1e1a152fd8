package dev.forebear.replay.signing;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;

/** A public key, Ed25519 or ECDSA with P-256. */
public final class VerificationKey {

    private final PublicKey key;
    private final KeyKind kind;

    private VerificationKey(PublicKey key, KeyKind kind) {
        this.key = key;
        this.kind = kind;
    }

    /**
     * @param file in PEM, as {@code openssl pkey -in KEY -pubout} writes it
     * @throws UnusableKey when it holds anything else
     */
    public static VerificationKey read(Path file) throws IOException {
        Pem.KeyAndKind<PublicKey> read =
                Pem.read(file, "PUBLIC KEY", (keys, encoded) -> keys.generatePublic(new X509EncodedKeySpec(encoded)));
        return new VerificationKey(read.key(), read.kind());
    }

    boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature check = Signature.getInstance(kind.signatureAlgorithm());
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a key of " + kind + " that was read does not verify", impossible);
        }
    }
}
