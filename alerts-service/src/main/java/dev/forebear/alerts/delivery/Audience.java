package dev.forebear.alerts.delivery;

import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.Severity;
import java.util.Set;

/**
 * Which alerts a channel is told.
 *
 * @param minimum least severity
 * @param rules names of rules; empty for all
 * @param teams names of teams; empty for all, and for models of no team
 * @param registries aliases of registries of derived models; empty for all
 */
public record Audience(Severity minimum, Set<String> rules, Set<String> teams, Set<String> registries) {

    public Audience {
        rules = Set.copyOf(rules);
        teams = Set.copyOf(teams);
        registries = Set.copyOf(registries);
    }

    /** Everybody who wants all alerts. */
    public static Audience everything() {
        return new Audience(Severity.LOW, Set.of(), Set.of(), Set.of());
    }

    boolean includes(LineageAlert alert) {
        return alert.getSeverity().compareTo(minimum) >= 0
                && (rules.isEmpty() || rules.contains(alert.getRule()))
                && (teams.isEmpty() || alert.getTeam() != null && teams.contains(alert.getTeam()))
                && (registries.isEmpty() || registries.contains(registry(alert)));
    }

    private static String registry(LineageAlert alert) {
        String id = alert.getDerivedModelVersionId();
        int slash = id.indexOf('/');
        return slash < 0 ? id : id.substring(0, slash);
    }
}
