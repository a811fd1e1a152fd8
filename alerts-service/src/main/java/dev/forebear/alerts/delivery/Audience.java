package dev.forebear.alerts.delivery;

import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.Severity;
import java.util.Set;

/**
 * Which alerts a channel is told.
 *
 * @param minimum least severity
 * @param rules names of rules; empty for all
 */
public record Audience(Severity minimum, Set<String> rules) {

    public Audience {
        rules = Set.copyOf(rules);
    }

    boolean includes(LineageAlert alert) {
        return alert.getSeverity().compareTo(minimum) >= 0 && (rules.isEmpty() || rules.contains(alert.getRule()));
    }
}
