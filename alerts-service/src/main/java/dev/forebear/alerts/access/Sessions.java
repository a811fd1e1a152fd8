package dev.forebear.alerts.access;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.wire.Role;
import io.javalin.http.Context;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in, kept by their browsers in a signed cookie: any instance with the same key knows them, none needs to
 * remember them. A session ends when it said it would, whatever is done in it, or by signing out. Thread-safe.
 */
final class Sessions {

    static final String COOKIE = "forebear-session";
    private static final String ROLE = "role";

    private final SignedClaims claims;
    private final Cookies cookies;
    private final SortableId ids;
    private final InstantSource clock;
    private final Duration lifetime;
    /** Those that were signed out of here before their end, with that end. */
    private final Map<String, Instant> ended = new ConcurrentHashMap<>();

    Sessions(@Nullable Secret key, Duration lifetime, Cookies cookies, InstantSource clock) {
        this.claims = SignedClaims.forPurpose("session", key, clock);
        this.cookies = cookies;
        this.ids = new SortableId(clock);
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /** Whether the request brings a session, of whatever worth. */
    boolean isBrought(Context context) {
        return cookies.get(context, COOKIE) != null;
    }

    /** Begins a session. */
    Session begin(String name, Role role) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return new Session(ids.next(), name, role, now.plus(lifetime));
    }

    /** Gives a session to the browser, which keeps it. */
    void give(Context context, Session session) {
        cookies.set(context, COOKIE, claims.sign(claims(session)), lifetime);
    }

    /** The session of a request; empty when it brings none, or one that has ended or is not ours. */
    Optional<Session> of(Context context) {
        String cookie = cookies.get(context, COOKIE);
        return cookie == null
                ? Optional.empty()
                : claims.verify(cookie).map(Sessions::session).filter(this::stands);
    }

    /** Whether a session has neither come to its end nor been ended. */
    boolean stands(Session session) {
        return clock.instant().isBefore(session.endsAt()) && !ended.containsKey(session.id());
    }

    /** Ends a session; the browser forgets it, and a copy of the cookie is worth nothing here any more. */
    void end(Context context) {
        Instant now = clock.instant();
        ended.values().removeIf(end -> !end.isAfter(now));
        of(context).ifPresent(session -> ended.put(session.id(), session.endsAt()));
        forget(context);
    }

    /** Makes the browser forget what it brought. */
    void forget(Context context) {
        cookies.remove(context, COOKIE);
    }

    private static JWTClaimsSet claims(Session session) {
        return new JWTClaimsSet.Builder()
                .jwtID(session.id())
                .subject(session.name())
                .claim(ROLE, session.role().name())
                .expirationTime(Date.from(session.endsAt()))
                .build();
    }

    private static Session session(JWTClaimsSet claims) {
        try {
            return new Session(
                    claims.getJWTID(),
                    claims.getSubject(),
                    Role.valueOf(claims.getStringClaim(ROLE)),
                    claims.getExpirationTime().toInstant());
        } catch (ParseException e) {
            throw new IllegalStateException("a session that we signed has a role", e);
        }
    }
}
