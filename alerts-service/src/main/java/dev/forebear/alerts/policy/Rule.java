package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.Severity;
import java.util.Set;

/**
 * One rule of a policy that is switched on.
 *
 * @param name in the policy file, for example {@code undisclosed-ancestry}
 * @param routes channels that it names; empty when the channels' own audiences decide
 */
record Rule(String name, Severity severity, Set<String> routes, Check check) {

    Rule {
        routes = Set.copyOf(routes);
    }
}
