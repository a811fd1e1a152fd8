package dev.forebear.alerts;

import org.jspecify.annotations.Nullable;

/**
 * What of a policy is decided by.
 *
 * @param rule the only rule; null for all
 * @param tells whether channels are told of what is found
 */
record Scope(@Nullable String rule, boolean tells) {

    static final Scope WHOLE = new Scope(null, true);

    boolean includes(String otherRule) {
        return rule == null || rule.equals(otherRule);
    }
}
