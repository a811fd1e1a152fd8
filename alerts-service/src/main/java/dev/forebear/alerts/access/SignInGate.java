package dev.forebear.alerts.access;

import dev.forebear.schemas.wire.ApiToken;
import dev.forebear.schemas.wire.TokenKind;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Lets in who brings a token or a session. A request with a token is judged by it alone. */
final class SignInGate implements Gate {

    private static final String BEARER = "Bearer ";

    private final ApiTokens tokens;
    private final Sessions sessions;
    private final CrossSite crossSite;
    private final Refusals refusals;
    private final FailedSignIns failed;
    private final InstantSource clock;

    SignInGate(
            ApiTokens tokens,
            Sessions sessions,
            CrossSite crossSite,
            Refusals refusals,
            FailedSignIns failed,
            InstantSource clock) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.crossSite = crossSite;
        this.refusals = refusals;
        this.failed = failed;
        this.clock = clock;
    }

    @Override
    public void check(Context context) {
        // Cookies belong to the name of a host, so another name brings none.
    }

    @Override
    public Admission admit(Context context) {
        String authorization = context.header("Authorization");
        return authorization == null ? bySession(context) : byToken(context, authorization);
    }

    private Admission byToken(Context context, String authorization) {
        Optional<TokenText> text = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? TokenText.parse(authorization.substring(BEARER.length()).strip())
                : Optional.empty();
        if (text.isEmpty()) {
            throw refused(context, "expected Authorization: Bearer fb_<id>_<secret>, found something else");
        }
        Optional<ApiToken> known = tokens.find(text.get().id());
        // One that is not known is compared, too: the answer takes as long.
        boolean matches = known.map(token -> ApiTokens.matches(token, text.get().secret()))
                .orElseGet(() -> TokenText.hash(text.get().secret()).length == 0);
        if (known.isEmpty() || !matches || known.get().getKind() != TokenKind.API) {
            throw refused(context, "the token is not known");
        }
        ApiToken token = known.get();
        if (!ApiTokens.isGood(token, clock.instant())) {
            throw refusals.unauthorized(context, "the token " + token.getTokenId() + " has ended");
        }
        var caller = new Caller("token " + token.getName(), token.getRole(), Ways.API, context.ip());
        return new Admission(caller, token.getExpiresAt(), () -> stands(token.getTokenId()));
    }

    // A guess counts; a token that has ended was none.
    private RuntimeException refused(Context context, String reason) {
        var answer = refusals.unauthorized(context, reason);
        failed.count(context);
        return answer;
    }

    private boolean stands(String tokenId) {
        Instant now = clock.instant();
        return tokens.find(tokenId)
                .filter(token -> ApiTokens.isGood(token, now))
                .isPresent();
    }

    private Admission bySession(Context context) {
        Optional<Session> brought = sessions.of(context);
        if (brought.isEmpty()) {
            if (!sessions.isBrought(context)) {
                throw Refusals.notSignedIn(
                        context, "expected a session or a token, found neither; sign in at /sign-in");
            }
            sessions.forget(context);
            throw refusals.unauthorized(context, "the session has ended; sign in at /sign-in");
        }
        Session session = brought.get();
        var caller = new Caller(session.name(), session.role(), Ways.PAGE, context.ip());
        crossSite.check(context, caller);
        return new Admission(caller, session.endsAt(), () -> sessions.stands(session));
    }
}
