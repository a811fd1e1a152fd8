package dev.forebear.alerts.delivery;

import org.jspecify.annotations.Nullable;

/**
 * Alerts that are told together.
 *
 * @param rule name of the rule
 * @param ancestor model id of the ancestor; null when the rule is not about one
 */
record GroupKey(String rule, @Nullable String ancestor) {}
