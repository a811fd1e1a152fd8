package dev.forebear.replay.audit;

import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.Severity;
import org.jspecify.annotations.Nullable;

/**
 * What the policy finds in a past upload.
 *
 * @param rule name of the rule
 * @param title headline, one line
 * @param explanation why, in two or three sentences
 * @param ancestor what it is about, with its evidence; null when the rule is not about an ancestor
 * @param alertId of the alert that the finding is, or would be
 * @param alerted whether there is such an alert, in whatever state
 */
public record AuditedFinding(
        String rule,
        Severity severity,
        String title,
        String explanation,
        @Nullable LineageMatch ancestor,
        String alertId,
        boolean alerted) {}
