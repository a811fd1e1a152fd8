package dev.forebear.replay;

import dev.forebear.alerts.policy.Policy;
import dev.forebear.schemas.wire.Viewpoint;

/**
 * What somebody wants to know of the past.
 *
 * @param policySource name of the policy's file, or {@code standard}
 * @param requestedBy who asks; the answer does not depend on it
 */
public record ReplayRequest(
        Selection selection, Viewpoint viewpoint, Policy policy, String policySource, String requestedBy) {}
