package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.Severity;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a policy that is switched on.
 *
 * @param name in the policy file, for example {@code undisclosed-ancestry}
 * @param routes channels that it names; empty when the channels' own audiences decide
 * @param title in place of what the check says; null for that
 * @param message in place of what the check says; null for that
 */
record Rule(
        String name,
        Severity severity,
        Set<String> routes,
        @Nullable Message title,
        @Nullable Message message,
        Check check) {

    Rule {
        routes = Set.copyOf(routes);
    }

    Severity severity(Hit hit) {
        return hit.weight() == Hit.Weight.LESSER ? Severity.values()[Math.max(0, severity.ordinal() - 1)] : severity;
    }
}
