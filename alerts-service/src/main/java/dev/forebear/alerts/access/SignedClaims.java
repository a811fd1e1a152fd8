package dev.forebear.alerts.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.forebear.runtime.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What we give a browser to keep and believe only because we signed it: JSON Web Tokens with HMAC-SHA-256. Each purpose
 * has a key of its own, so that what was signed for one is worth nothing for another. Thread-safe.
 */
final class SignedClaims {

    private static final String MAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final InstantSource clock;
    private final byte[] key;

    private SignedClaims(byte[] key, InstantSource clock) {
        this.key = key.clone();
        this.clock = clock;
    }

    /**
     * Signs for one purpose.
     *
     * @param sessionKey at least 32 bytes; null for a random key
     */
    static SignedClaims forPurpose(String purpose, @Nullable Secret sessionKey, InstantSource clock) {
        return new SignedClaims(derived(sessionKey == null ? random() : sessionKey.revealBytes(), purpose), clock);
    }

    /** The claims as a text; they must hold when they end. */
    String sign(JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }

    /** The claims when we signed them and they have not ended; empty otherwise. */
    Optional<JWTClaimsSet> verify(String text) {
        try {
            SignedJWT token = SignedJWT.parse(text);
            if (!JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm()) || !token.verify(new MACVerifier(key))) {
                return Optional.empty();
            }
            JWTClaimsSet claims = token.getJWTClaimsSet();
            Date end = claims.getExpirationTime();
            return end == null || !clock.instant().isBefore(end.toInstant()) ? Optional.empty() : Optional.of(claims);
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    private static byte[] derived(byte[] secret, String purpose) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret, MAC));
            return mac.doFinal(("forebear " + purpose + " 1").getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }

    private static byte[] random() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
