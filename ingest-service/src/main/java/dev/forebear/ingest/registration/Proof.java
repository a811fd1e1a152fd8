package dev.forebear.ingest.registration;

import dev.forebear.runtime.Secret;
import java.time.Duration;
import java.util.List;

/**
 * How a registry proves that an announcement is its own.
 *
 * @param secrets any of which proves it; several while one is being changed; none when anybody may announce
 * @param window how far a signed time may be from the clock of this service
 * @param carrier what brings the proof; only read for kind {@code json}, the others bring it in their own way
 */
public record Proof(List<Secret> secrets, Duration window, Carrier carrier) {

    /** MLflow repeats a delivery with its first time for about two minutes: four attempts of 30 s and their pauses. */
    public static final Duration DEFAULT_WINDOW = Duration.ofMinutes(5);

    /** Anybody may announce. */
    public static final Proof NONE = new Proof(List.of(), DEFAULT_WINDOW, Carrier.BEARER_TOKEN);

    public Proof {
        secrets = List.copyOf(secrets);
    }

    /** The usual proof by any of these secrets. */
    public static Proof of(List<Secret> secrets) {
        return new Proof(secrets, DEFAULT_WINDOW, Carrier.BEARER_TOKEN);
    }

    /** What a header holds. */
    public enum Form {
        /** The secret itself. */
        SECRET,
        /** {@code Bearer} and the secret. */
        BEARER,
        /** HMAC-SHA256 of the body, keyed with the secret, in hexadecimal digits. */
        HMAC_SHA256_HEX,
        /** HMAC-SHA256 of the body, keyed with the secret, in Base64. */
        HMAC_SHA256_BASE64
    }

    /**
     * A header that brings a proof.
     *
     * @param prefix that stands before it, for example {@code sha256=}; often empty
     */
    public record Carrier(String header, Form form, String prefix) {

        static final Carrier BEARER_TOKEN = new Carrier("Authorization", Form.BEARER, "");

        public Carrier {
            if (!header.matches("[A-Za-z0-9-]{1,100}")) {
                throw new IllegalArgumentException("expected the name of a header, found '" + header + "'");
            }
        }
    }
}
