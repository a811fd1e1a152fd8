package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.Severity;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule fired on a model version, or could not be evaluated on it.
 *
 * @param rule name of the rule, as in the policy file
 * @param ancestor what it fired on; null when the rule is not about an ancestor
 * @param title headline for people, one line
 * @param explanation why, in two or three sentences
 * @param routes channels that the rule names; empty when the channels' own audiences decide
 * @param placement where the policy places the model
 * @param origin where the ancestor comes from; null without an ancestor
 * @param failed whether the rule could not be evaluated: what it found before, it neither finds nor refutes
 */
public record Finding(
        String rule,
        Severity severity,
        @Nullable Ancestor ancestor,
        String title,
        String explanation,
        Set<String> routes,
        Placement placement,
        @Nullable Origin origin,
        boolean failed) {

    public Finding {
        routes = Set.copyOf(routes);
    }
}
