package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.Severity;
import java.util.Set;

/**
 * A rule of a policy file, for people.
 *
 * @param name as in the file
 * @param enabled whether it is switched on; a shipped rule that the file does not list is not, but for
 *     {@code quarantined-ancestor}
 * @param shipped whether it comes with Forebear, or somebody wrote it
 * @param about what it looks for, in a sentence
 * @param routes channels that it names; empty when the channels' own audiences decide
 */
public record RuleSummary(
        String name, Severity severity, boolean enabled, boolean shipped, String about, Set<String> routes) {

    public RuleSummary {
        routes = Set.copyOf(routes);
    }
}
