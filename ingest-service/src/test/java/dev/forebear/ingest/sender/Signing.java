package dev.forebear.ingest.sender;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures as registries make them. */
final class Signing {

    private Signing() {}

    static String hex(String secret, byte[] body) {
        return HexFormat.of().formatHex(hmac(bytes(secret), "", body));
    }

    static String base64(String secret, byte[] body) {
        return Base64.getEncoder().encodeToString(hmac(bytes(secret), "", body));
    }

    /** {@code v1,} and the signature of a delivery. */
    static String timed(byte[] key, String delivery, String timestamp, byte[] body) {
        return "v1," + Base64.getEncoder().encodeToString(hmac(key, delivery + "." + timestamp + ".", body));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hmac(byte[] key, String prefix, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(bytes(prefix));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
