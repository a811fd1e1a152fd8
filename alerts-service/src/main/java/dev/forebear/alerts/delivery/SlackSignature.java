package dev.forebear.alerts.delivery;

import dev.forebear.runtime.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Proves that a request comes from Slack: HMAC-SHA256 over {@code v0:timestamp:body}, not older than five minutes. */
final class SlackSignature {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final String ALGORITHM = "HmacSHA256";

    private SlackSignature() {}

    /**
     * Whether the request was signed with this secret just now; takes the same time wherever the two differ.
     *
     * @param timestamp of the header {@code X-Slack-Request-Timestamp}
     * @param signature of the header {@code X-Slack-Signature}
     */
    static boolean isValid(
            Secret secret, @Nullable String timestamp, @Nullable String signature, byte[] body, Instant now) {
        if (timestamp == null || signature == null || !timestamp.matches("\\d{1,12}")) {
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now);
        return age.abs().compareTo(WINDOW) <= 0
                && MessageDigest.isEqual(
                        of(secret, timestamp, body).getBytes(StandardCharsets.UTF_8),
                        signature.getBytes(StandardCharsets.UTF_8));
    }

    static String of(Secret secret, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.revealBytes(), ALGORITHM));
            mac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
            return "v0=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
