package dev.forebear.alerts.access;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;

/**
 * What we asked a provider: an answer counts only when it fits, and when the browser that asked brings it.
 *
 * @param state comes back with the answer
 * @param nonce comes back in the ID token
 * @param verifier whose hash went to the provider; whoever redeems the answer's code must know it
 * @param to path of the page that they wanted
 */
record Question(State state, Nonce nonce, CodeVerifier verifier, String to) {

    static Question random(String to) {
        return new Question(new State(), new Nonce(), new CodeVerifier(), to);
    }

    JWTClaimsSet claims(Instant end) {
        return new JWTClaimsSet.Builder()
                .claim("state", state.getValue())
                .claim("nonce", nonce.getValue())
                .claim("verifier", verifier.getValue())
                .claim("to", to)
                .expirationTime(Date.from(end))
                .build();
    }

    static Question of(JWTClaimsSet claims) {
        try {
            return new Question(
                    new State(claims.getStringClaim("state")),
                    new Nonce(claims.getStringClaim("nonce")),
                    new CodeVerifier(claims.getStringClaim("verifier")),
                    claims.getStringClaim("to"));
        } catch (ParseException e) {
            throw new IllegalStateException("a question that we signed is whole", e);
        }
    }
}
