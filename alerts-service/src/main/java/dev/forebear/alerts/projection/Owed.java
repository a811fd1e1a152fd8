package dev.forebear.alerts.projection;

import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.LineageAlert;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Channels that the state of an alert must be told to.
 *
 * @param channels names, sorted
 * @param since when the alert took the state
 */
public record Owed(Set<String> channels, Instant since) {

    public Owed {
        channels = Collections.unmodifiableSet(new TreeSet<>(channels));
    }

    /** What the alert says itself; people who acknowledge or snooze know of it. */
    public static Owed of(LineageAlert alert) {
        boolean tells = alert.getState() == AlertState.OPEN || alert.getState() == AlertState.RESOLVED;
        return new Owed(
                tells ? Set.copyOf(alert.getRoutes()) : Set.of(),
                Objects.requireNonNullElse(alert.getRevisedAt(), alert.getUpdatedAt()));
    }
}
