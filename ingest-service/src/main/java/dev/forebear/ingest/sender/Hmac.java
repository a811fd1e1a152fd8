package dev.forebear.ingest.sender;

import dev.forebear.runtime.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256, compared in constant time. */
public final class Hmac {

    /** How Standard Webhooks mark a key that is written in Base64. */
    private static final String ENCODED_KEY = "whsec_";

    private Hmac() {}

    /** How the 32 bytes are written. */
    enum Encoding {
        HEX,
        BASE64;

        /** The bytes; none when the text is not so encoded. */
        byte[] decode(String text) {
            try {
                return this == HEX
                        ? HexFormat.of().parseHex(text)
                        : Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                return new byte[0];
            }
        }
    }

    /**
     * Whether a code is that of a text and the bytes after it, by any of the secrets. All are compared, so that the
     * time does not tell which one was right.
     */
    static boolean matches(List<Secret> secrets, String prefix, byte[] body, byte[] code) {
        boolean matches = false;
        for (Secret secret : secrets) {
            for (byte[] key : keys(secret)) {
                matches |= MessageDigest.isEqual(code(key, prefix, body), code);
            }
        }
        return matches;
    }

    // Whoever takes such a secret decodes it or does not: MLflow does not.
    private static List<byte[]> keys(Secret secret) {
        String text = secret.reveal();
        byte[] decoded = text.startsWith(ENCODED_KEY)
                ? Encoding.BASE64.decode(text.substring(ENCODED_KEY.length()))
                : new byte[0];
        return decoded.length == 0 ? List.of(secret.revealBytes()) : List.of(secret.revealBytes(), decoded);
    }

    /** The code of a text and the bytes after it; 32 bytes. */
    public static byte[] code(byte[] key, String prefix, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(prefix.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HmacSHA256", e);
        }
    }
}
