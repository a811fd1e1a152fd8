package dev.forebear.ingest.sender;

import dev.forebear.runtime.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proof by a secret that is sent as it is.
 *
 * @param header that carries it
 * @param secrets any of which is right; none when no proof is asked for
 */
record SharedSecret(String header, List<Secret> secrets) {

    private static final String BEARER = "Bearer ";

    /** The header holds the secret verbatim. */
    Authenticity check(Webhook webhook) {
        return check(webhook.header(header));
    }

    /** The header holds {@code Bearer <secret>}, or a secret that includes its own scheme. */
    Authenticity checkBearer(Webhook webhook) {
        String value = webhook.header(header);
        boolean bearer = value != null && value.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return bearer
                        && value != null
                        && matches(value.substring(BEARER.length()).strip())
                ? new Authenticity.Proven()
                : check(value);
    }

    private Authenticity check(@Nullable String value) {
        if (secrets.isEmpty()) {
            return new Authenticity.NotAsked();
        }
        if (value == null) {
            return new Authenticity.Refused("secret-missing", "expected the header " + header + ", found none");
        }
        return matches(value)
                ? new Authenticity.Proven()
                : new Authenticity.Refused("secret-wrong", "the header " + header + " does not hold the secret");
    }

    // All are compared, so that the time does not tell which one was right.
    private boolean matches(String value) {
        boolean matches = false;
        for (Secret secret : secrets) {
            matches |= secret.matches(value);
        }
        return matches;
    }
}
