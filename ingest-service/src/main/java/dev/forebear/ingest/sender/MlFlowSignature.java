package dev.forebear.ingest.sender;

import dev.forebear.ingest.registration.Proof;
import dev.forebear.runtime.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * MLflow's proof: {@code X-MLflow-Signature: v1,<base64>} of HMAC-SHA256 over {@code <delivery id>.<timestamp>.<raw
 * body>}, keyed with the UTF-8 bytes of the secret. It resembles Standard Webhooks, whose header names and key decoding
 * differ.
 */
record MlFlowSignature(Proof proof) {

    private static final String VERSION = "v1,";

    Authenticity check(Webhook webhook) {
        if (proof.secrets().isEmpty()) {
            return new Authenticity.NotAsked();
        }
        String delivery = webhook.header("X-MLflow-Delivery-Id");
        String timestamp = webhook.header("X-MLflow-Timestamp");
        String signature = webhook.header("X-MLflow-Signature");
        if (delivery == null || timestamp == null || signature == null) {
            return new Authenticity.Refused(
                    "signature-missing",
                    "expected the headers X-MLflow-Delivery-Id, X-MLflow-Timestamp and X-MLflow-Signature");
        }
        if (!matches(delivery + "." + timestamp + ".", webhook.body(), signature)) {
            return new Authenticity.Refused("signature-wrong", "X-MLflow-Signature does not fit the request");
        }
        return isFresh(timestamp, webhook.receivedAt())
                ? new Authenticity.Proven()
                : new Authenticity.Refused(
                        "stale",
                        "X-MLflow-Timestamp: expected at most " + proof.window().toSeconds() + " s off");
    }

    private boolean matches(String prefix, byte[] body, String signature) {
        if (!signature.startsWith(VERSION)) {
            return false;
        }
        byte[] found;
        try {
            found = Base64.getDecoder().decode(signature.substring(VERSION.length()));
        } catch (IllegalArgumentException e) {
            return false;
        }
        boolean matches = false;
        for (Secret secret : proof.secrets()) {
            matches |= MessageDigest.isEqual(hmac(secret, prefix, body), found);
        }
        return matches;
    }

    private boolean isFresh(String timestamp, Instant now) {
        try {
            long age = Math.subtractExact(now.getEpochSecond(), Long.parseLong(timestamp));
            return Math.abs(age) <= proof.window().toSeconds();
        } catch (NumberFormatException | ArithmeticException e) {
            return false;
        }
    }

    private static byte[] hmac(Secret secret, String prefix, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.revealBytes(), "HmacSHA256"));
            mac.update(prefix.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has HmacSHA256", e);
        }
    }
}
