package dev.forebear.alerts.access;

import dev.forebear.schemas.wire.Role;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who asks for something, and who they proved to be.
 *
 * @param name as the audit trail calls them, for example {@code ana@example.com} or {@code token ci}
 * @param role what they may do
 * @param via way they came by: {@code page} or {@code api}
 * @param address network address that they came from; null when it is not known
 */
public record Caller(
        String name, Role role, String via, @Nullable String address) {

    public Caller {
        if (name.isBlank() || via.isBlank()) {
            throw new IllegalArgumentException(
                    "caller: expected a name and a way, found '" + name + "', '" + via + "'");
        }
    }

    /** Whether they may do what somebody of that role may. */
    boolean may(Role least) {
        return role.compareTo(least) >= 0;
    }
}
