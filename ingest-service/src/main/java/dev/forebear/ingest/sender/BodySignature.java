package dev.forebear.ingest.sender;

import dev.forebear.runtime.Secret;
import java.util.List;

/**
 * Proof by an HMAC-SHA256 of the raw body. It has no time: a request that was seen once can be sent again, and is
 * recognised by its event id alone.
 *
 * @param header that carries it
 * @param prefix that stands before it, for example {@code sha256=}; often empty
 * @param secrets any of which is right; none when no proof is asked for
 */
record BodySignature(String header, String prefix, Hmac.Encoding encoding, List<Secret> secrets) {

    Authenticity check(Webhook webhook) {
        if (secrets.isEmpty()) {
            return new Authenticity.NotAsked();
        }
        String value = webhook.header(header);
        if (value == null) {
            return new Authenticity.Refused("signature-missing", "expected the header " + header + ", found none");
        }
        boolean matches = value.startsWith(prefix)
                && Hmac.matches(secrets, "", webhook.body(), encoding.decode(value.substring(prefix.length())));
        return matches
                ? new Authenticity.Proven()
                : new Authenticity.Refused("signature-wrong", header + " does not fit the body");
    }
}
