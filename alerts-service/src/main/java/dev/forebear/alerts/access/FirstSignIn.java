package dev.forebear.alerts.access;

import dev.forebear.schemas.wire.ApiToken;
import dev.forebear.schemas.wire.TokenKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The link by which an admin comes in while there is no other way: each start makes one then, good once within a day.
 * All instances write it under one name, so that the newest link is the one that is good.
 */
final class FirstSignIn {

    static final String PATH = "/sign-in/link/";
    static final Duration LIFETIME = Duration.ofHours(24);
    private static final String ID = "first-sign-in";

    private final ApiTokens tokens;
    private final TokenLedger ledger;
    private final @Nullable SignIn signIn;
    private final InstantSource clock;

    FirstSignIn(ApiTokens tokens, TokenLedger ledger, @Nullable SignIn signIn, InstantSource clock) {
        this.tokens = tokens;
        this.ledger = ledger;
        this.signIn = signIn;
        this.clock = clock;
    }

    /** Path of a new link; empty when an admin can come in otherwise, by a token or at the provider. */
    Optional<String> offer() {
        if (signIn != null && signIn.knowsAdmins() || tokens.knowAdmin(clock.instant())) {
            return Optional.empty();
        }
        String secret = TokenText.randomSecret();
        ledger.offer(ID, secret, LIFETIME);
        return Optional.of(PATH + secret);
    }

    /** Whether a link would let somebody in. */
    boolean isGood(String secret) {
        return link(secret).isPresent();
    }

    /** Uses a link up; false when it is not good. */
    synchronized boolean use(String secret) {
        Optional<ApiToken> link = link(secret);
        link.ifPresent(ledger::use);
        return link.isPresent();
    }

    private Optional<ApiToken> link(String secret) {
        return tokens.find(ID)
                .filter(token -> token.getKind() == TokenKind.SIGN_IN_LINK)
                .filter(token -> ApiTokens.matches(token, secret) && ApiTokens.isGood(token, clock.instant()));
    }
}
