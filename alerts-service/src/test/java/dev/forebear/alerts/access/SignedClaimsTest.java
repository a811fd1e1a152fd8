package dev.forebear.alerts.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.forebear.runtime.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedClaimsTest {

    private static final Secret KEY = Secret.of("a key of more than thirty-two bytes, kept well");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final SignedClaims claims = signing("session", NOW);

    @Test
    void believesWhatItSigned() {
        assertThat(claims.verify(claims.sign(ana())))
                .hasValueSatisfying(known -> assertThat(known.getSubject()).isEqualTo("ana"));
    }

    @Test
    void believesWhatAnotherInstanceWithTheSameKeySigned() {
        assertThat(signing("session", NOW).verify(claims.sign(ana()))).isPresent();
    }

    @Test
    void believesNothingAfterItsEnd() {
        String text = claims.sign(ana());

        assertThat(signing("session", NOW.plusSeconds(59)).verify(text)).isPresent();
        assertThat(signing("session", NOW.plusSeconds(60)).verify(text)).isEmpty();
    }

    @Test
    void believesNothingThatDoesNotEnd() {
        assertThat(claims.verify(
                        claims.sign(new JWTClaimsSet.Builder().subject("ana").build())))
                .isEmpty();
    }

    @Test
    void believesNothingThatWasSignedForAnotherPurpose() {
        assertThat(claims.verify(signing("sign-in", NOW).sign(ana()))).isEmpty();
    }

    @Test
    void believesNothingSignedByAnotherKey() throws Exception {
        var forged = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), ana());
        forged.sign(new MACSigner("another key of more than thirty-two bytes"));

        assertThat(claims.verify(forged.serialize())).isEmpty();
        assertThat(claims.verify(SignedClaims.forPurpose("session", null, InstantSource.fixed(NOW))
                        .sign(ana())))
                .isEmpty();
    }

    @Test
    void believesNothingUnsigned() {
        assertThat(claims.verify(new PlainJWT(ana()).serialize())).isEmpty();
    }

    @Test
    void believesNothingThatWasChangedAnywhere() {
        String text = claims.sign(ana());
        for (int i = 0; i < text.length() - 1; i++) {
            String changed = text.substring(0, i) + (text.charAt(i) == 'A' ? 'B' : 'A') + text.substring(i + 1);

            assertThat(claims.verify(changed)).as("character %d", i).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "e30.e30.e30", "\u0000"})
    void believesNoOtherText(String text) {
        assertThat(claims.verify(text)).isEmpty();
    }

    private static JWTClaimsSet ana() {
        return new JWTClaimsSet.Builder()
                .subject("ana")
                .expirationTime(Date.from(NOW.plusSeconds(60)))
                .build();
    }

    private static SignedClaims signing(String purpose, Instant now) {
        return SignedClaims.forPurpose(purpose, KEY, InstantSource.fixed(now));
    }
}
