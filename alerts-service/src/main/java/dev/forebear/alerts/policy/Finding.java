package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.Severity;

/**
 * A rule fired on a report.
 *
 * @param rule name of the rule, as in the policy file
 * @param base the match it fired on
 * @param title headline for people, one line
 * @param explanation why, in two or three sentences
 */
public record Finding(String rule, Severity severity, LineageMatch base, String title, String explanation) {}
