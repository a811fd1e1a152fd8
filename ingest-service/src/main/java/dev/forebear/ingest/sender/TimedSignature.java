package dev.forebear.ingest.sender;

import dev.forebear.ingest.registration.Proof;
import java.time.Instant;

/**
 * Proof by {@code v1,<base64>} of an HMAC-SHA256 over {@code <delivery id>.<timestamp>.<raw body>}: Standard Webhooks,
 * and MLflow, whose header names differ. The key is the UTF-8 of the secret, or what is encoded after {@code whsec_}.
 *
 * @param idHeader of the delivery, the same when it is repeated
 * @param timeHeader seconds since 1970
 * @param signatureHeader one or several signatures, separated by spaces
 */
record TimedSignature(String idHeader, String timeHeader, String signatureHeader, Proof proof) {

    private static final String VERSION = "v1,";

    static TimedSignature ofMlFlow(Proof proof) {
        return new TimedSignature("X-MLflow-Delivery-Id", "X-MLflow-Timestamp", "X-MLflow-Signature", proof);
    }

    static TimedSignature ofStandardWebhooks(Proof proof) {
        return new TimedSignature("webhook-id", "webhook-timestamp", "webhook-signature", proof);
    }

    Authenticity check(Webhook webhook) {
        if (proof.secrets().isEmpty()) {
            return new Authenticity.NotAsked();
        }
        String delivery = webhook.header(idHeader);
        String timestamp = webhook.header(timeHeader);
        String signatures = webhook.header(signatureHeader);
        if (delivery == null || timestamp == null || signatures == null) {
            return new Authenticity.Refused(
                    "signature-missing",
                    "expected the headers " + idHeader + ", " + timeHeader + " and " + signatureHeader);
        }
        if (!matches(delivery + "." + timestamp + ".", webhook.body(), signatures)) {
            return new Authenticity.Refused("signature-wrong", signatureHeader + " does not fit the request");
        }
        return isFresh(timestamp, webhook.receivedAt())
                ? new Authenticity.Proven()
                : new Authenticity.Refused(
                        "stale",
                        timeHeader + ": expected at most " + proof.window().toSeconds() + " s off");
    }

    private boolean matches(String prefix, byte[] body, String signatures) {
        boolean matches = false;
        for (String signature : signatures.split(" ", -1)) {
            matches |= signature.startsWith(VERSION)
                    && Hmac.matches(
                            proof.secrets(),
                            prefix,
                            body,
                            Hmac.Encoding.BASE64.decode(signature.substring(VERSION.length())));
        }
        return matches;
    }

    private boolean isFresh(String timestamp, Instant now) {
        try {
            long age = Math.subtractExact(now.getEpochSecond(), Long.parseLong(timestamp));
            return Math.absExact(age) <= proof.window().toSeconds();
        } catch (NumberFormatException | ArithmeticException e) {
            return false;
        }
    }
}
