package dev.forebear.alerts.policy;

import org.jspecify.annotations.Nullable;

/**
 * Where a policy places a model in the organisation.
 *
 * @param team whom it is given to; null when the policy does not say
 * @param exposure who may use it
 * @param owner who answers for it; null when the policy does not say
 */
public record Placement(
        @Nullable String team, Exposure exposure, @Nullable String owner) {}
