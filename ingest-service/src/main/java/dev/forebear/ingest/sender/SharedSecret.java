package dev.forebear.ingest.sender;

import dev.forebear.runtime.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Proof by a secret that is sent as it is.
 *
 * @param header that carries it
 * @param secrets any of which is right; none when no proof is asked for
 */
record SharedSecret(String header, List<Secret> secrets) {

    /** Parameter of the address for senders that can set no header. */
    static final String PARAMETER = "secret";

    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    /** Any of the secrets in {@code Authorization}. */
    static SharedSecret bearer(List<Secret> secrets) {
        return new SharedSecret("Authorization", secrets);
    }

    /** The header holds the secret verbatim. */
    Authenticity check(Webhook webhook) {
        return check(webhook.header(header), false);
    }

    /**
     * The header holds {@code Bearer <secret>}, a secret that includes its own scheme, or {@code Basic} with the secret
     * as password of any user.
     */
    Authenticity checkBearer(Webhook webhook) {
        return check(webhook.header(header), true);
    }

    /** As {@link #checkBearer}, or the address ends in {@code ?secret=<secret>}. */
    Authenticity checkBearerOrQuery(Webhook webhook) {
        String value = webhook.query().get(PARAMETER);
        return value == null ? checkBearer(webhook) : ofQuery(value).or(checkBearer(webhook));
    }

    /** As {@link #check}, or the address ends in {@code ?secret=<secret>}. */
    Authenticity checkOrQuery(Webhook webhook) {
        String value = webhook.query().get(PARAMETER);
        return value == null ? check(webhook) : ofQuery(value).or(check(webhook));
    }

    private Authenticity ofQuery(String value) {
        Authenticity authenticity = check(value, false);
        return authenticity instanceof Authenticity.Refused
                ? new Authenticity.Refused("secret-wrong", "the parameter " + PARAMETER + " does not hold the secret")
                : authenticity;
    }

    private Authenticity check(@Nullable String value, boolean withScheme) {
        if (secrets.isEmpty()) {
            return new Authenticity.NotAsked();
        }
        if (value == null) {
            return new Authenticity.Refused("secret-missing", "expected the header " + header + ", found none");
        }
        return matches(value) || withScheme && matches(afterScheme(value))
                ? new Authenticity.Proven()
                : new Authenticity.Refused("secret-wrong", "the header " + header + " does not hold the secret");
    }

    private static String afterScheme(String value) {
        String lowerCase = value.toLowerCase(Locale.ROOT);
        if (lowerCase.startsWith(BEARER)) {
            return value.substring(BEARER.length()).strip();
        }
        if (!lowerCase.startsWith(BASIC)) {
            return "";
        }
        byte[] credentials =
                Hmac.Encoding.BASE64.decode(value.substring(BASIC.length()).strip());
        String decoded = new String(credentials, StandardCharsets.UTF_8);
        return decoded.substring(decoded.indexOf(':') + 1);
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
