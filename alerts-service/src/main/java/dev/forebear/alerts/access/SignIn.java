package dev.forebear.alerts.access;

import dev.forebear.runtime.Secret;
import dev.forebear.schemas.wire.Role;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The provider of OpenID Connect that people sign in at, and what its groups may do here.
 *
 * @param issuer as the provider writes itself in its tokens
 * @param clientId the name that it knows us by
 * @param clientSecret what we prove it with; null for a public client
 * @param scopes to ask for, {@code openid} among them
 * @param nameClaim claim that holds what the audit trail calls somebody; their subject when they have none
 * @param roleClaim claim that holds their groups: one name or a list; {@code a.b} is {@code b} within {@code a}
 * @param groups the groups that give a role
 * @param defaultRole role of those in none of them; null for none, who are not let in
 * @param contact whom those ask who are not let in; null to say it in general
 * @param sessionLifetime how long a session lasts, whatever is done in it
 */
public record SignIn(
        URI issuer,
        String clientId,
        @Nullable Secret clientSecret,
        List<String> scopes,
        String nameClaim,
        String roleClaim,
        Map<Role, Set<String>> groups,
        @Nullable Role defaultRole,
        @Nullable String contact,
        Duration sessionLifetime) {

    /** A stolen cookie is good for this long at most. */
    static final Duration MAX_SESSION_LIFETIME = Duration.ofDays(30);

    public SignIn {
        scopes = List.copyOf(scopes);
        groups = Map.copyOf(groups);
        if (sessionLifetime.compareTo(MAX_SESSION_LIFETIME) > 0) {
            throw new IllegalArgumentException("session-lifetime: expected at most P30D, found " + sessionLifetime);
        }
    }

    /** The highest role that any of the groups gives; empty when somebody may not come in. */
    Optional<Role> roleOf(Collection<String> memberOf) {
        var given = new EnumMap<Role, Boolean>(Role.class);
        groups.forEach((role, names) -> given.put(role, memberOf.stream().anyMatch(names::contains)));
        return List.of(Role.ADMIN, Role.RESPONDER, Role.VIEWER).stream()
                .filter(role -> given.getOrDefault(role, false))
                .findFirst()
                .or(() -> Optional.ofNullable(defaultRole));
    }

    /** Whether somebody who signs in can be an admin. */
    boolean knowsAdmins() {
        return !groups.getOrDefault(Role.ADMIN, Set.of()).isEmpty() || defaultRole == Role.ADMIN;
    }
}
