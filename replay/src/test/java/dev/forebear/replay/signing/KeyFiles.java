package dev.forebear.replay.signing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;

/** A pair of keys in two files, as openssl writes them. */
public record KeyFiles(Path privateKey, Path publicKey) {

    public static KeyFiles ed25519(Path folder) throws IOException {
        return of(folder, "Ed25519", NamedParameterSpec.ED25519);
    }

    public static KeyFiles ecdsa(Path folder, String curve) throws IOException {
        return of(folder, "EC", new ECGenParameterSpec(curve));
    }

    private static KeyFiles of(Path folder, String algorithm, AlgorithmParameterSpec parameters) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            KeyPair pair = generator.generateKeyPair();
            return new KeyFiles(
                    write(folder.resolve(algorithm + ".pem"), "PRIVATE KEY", pair.getPrivate()),
                    write(folder.resolve(algorithm + ".pub.pem"), "PUBLIC KEY", pair.getPublic()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Path write(Path file, String label, Key key) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return Files.writeString(file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, base64, label));
    }
}
