package dev.forebear.replay.signing;

import java.security.Key;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.spec.NamedParameterSpec;

/** The keys that sign: two, both short, both known to openssl and to every Java. */
enum KeyKind {
    ED25519("Ed25519", "Ed25519"),
    /** Signatures are ASN.1, as openssl writes them. */
    ECDSA_P256("EC", "SHA256withECDSA");

    private static final int P256_BITS = 256;

    private final String keyAlgorithm;
    private final String signatureAlgorithm;

    KeyKind(String keyAlgorithm, String signatureAlgorithm) {
        this.keyAlgorithm = keyAlgorithm;
        this.signatureAlgorithm = signatureAlgorithm;
    }

    String keyAlgorithm() {
        return keyAlgorithm;
    }

    String signatureAlgorithm() {
        return signatureAlgorithm;
    }

    boolean fits(Key key) {
        return switch (this) {
            case ED25519 ->
                key instanceof EdECKey edwards
                        && edwards.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
            case ECDSA_P256 ->
                key instanceof ECKey elliptic
                        && elliptic.getParams().getOrder().bitLength() == P256_BITS
                        && elliptic.getParams().toString().contains("secp256r1");
        };
    }
}
