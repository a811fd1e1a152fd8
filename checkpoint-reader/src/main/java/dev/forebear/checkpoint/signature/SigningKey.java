package dev.forebear.checkpoint.signature;

import dev.forebear.checkpoint.CheckpointException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** What a bundle tells of the key that it was signed with. Whose key it is, and whether to trust it, is not asked. */
sealed interface SigningKey {

    /** The key itself, of P-256, P-384 or P-521. */
    record Brought(ECPublicKey key, String origin) implements SigningKey {

        /** Whether these bytes were signed with it, hashed as its curve wants, or with SHA-256 as older tools did. */
        boolean signed(byte[] bytes, byte[] signature) {
            return Stream.of(hash(), "SHA256").distinct().anyMatch(hash -> signed(hash, bytes, signature));
        }

        private String hash() {
            return switch (bits(key)) {
                case 384 -> "SHA384";
                case 521 -> "SHA512";
                default -> "SHA256";
            };
        }

        private boolean signed(String hash, byte[] bytes, byte[] signature) {
            try {
                var algorithm = Signature.getInstance(hash + "withECDSA");
                algorithm.initVerify(key);
                algorithm.update(bytes);
                return algorithm.verify(signature);
            } catch (GeneralSecurityException noSignature) {
                return false;
            }
        }

        @Override
        public String toString() {
            return "the key in " + origin;
        }
    }

    /** Not the key, or one of a kind that is not known here: nothing can be checked with it. */
    record Named(String what) implements SigningKey {

        @Override
        public String toString() {
            return what;
        }
    }

    /** @param material the field {@code verificationMaterial} */
    static SigningKey of(Fields material) throws CheckpointException {
        if (material.has("x509CertificateChain")) {
            List<Fields> chain = material.object("x509CertificateChain").objects("certificates");
            if (chain.isEmpty()) {
                throw material.malformed("x509CertificateChain", "expected certificates, found none");
            }
            return certified(chain.getFirst());
        }
        if (material.has("certificate")) {
            if (material.list("tlogEntries").isEmpty()) {
                throw material.malformed("tlogEntries", "expected an entry beside the certificate, found none");
            }
            return certified(material.object("certificate"));
        }
        Fields named = material.object("publicKey");
        return named.has("rawBytes") ? raw(named) : new Named("only a hint at its key, " + named.text("hint"));
    }

    private static SigningKey certified(Fields certificate) throws CheckpointException {
        byte[] bytes = certificate.base64("rawBytes");
        try {
            var parsed = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
            return of(parsed.getPublicKey(), "its certificate");
        } catch (GeneralSecurityException | RuntimeException noCertificate) {
            throw certificate.malformed("rawBytes", "expected an X.509 certificate: " + noCertificate.getMessage());
        }
    }

    /** Older tools wrote the key itself, in DER or in PEM. */
    private static SigningKey raw(Fields publicKey) throws CheckpointException {
        byte[] bytes = publicKey.base64("rawBytes");
        try {
            var spec = new X509EncodedKeySpec(der(bytes));
            return of(KeyFactory.getInstance("EC").generatePublic(spec), "publicKey.rawBytes");
        } catch (GeneralSecurityException | RuntimeException noKey) {
            return new Named("a key that is not of P-256, P-384 or P-521");
        }
    }

    private static byte[] der(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.startsWith("-----BEGIN")
                ? Base64.getMimeDecoder()
                        .decode(text.replaceAll("-----[A-Z ]+-----", "").strip())
                : bytes;
    }

    private static SigningKey of(PublicKey key, String origin) {
        return key instanceof ECPublicKey curve && List.of(256, 384, 521).contains(bits(curve))
                ? new Brought(curve, origin)
                : new Named("a key of " + key.getAlgorithm());
    }

    private static int bits(ECPublicKey key) {
        return key.getParams().getCurve().getField().getFieldSize();
    }
}
