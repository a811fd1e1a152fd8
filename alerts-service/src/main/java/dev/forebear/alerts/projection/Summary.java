package dev.forebear.alerts.projection;

import dev.forebear.schemas.wire.Severity;
import java.util.Map;

/**
 * The numbers at the top of the page.
 *
 * @param models model versions known
 * @param inProgress received or fingerprinted, not yet reported on
 * @param derived model versions with a proven base
 * @param openAlerts alerts not resolved, by severity
 * @param deliveriesUnderWay channels that still owe an answer
 * @param deliveriesFailed deliveries given up
 */
public record Summary(
        int models,
        int analysed,
        int notAnalysed,
        int inProgress,
        int derived,
        Map<Severity, Integer> openAlerts,
        int resolvedAlerts,
        int deliveriesDone,
        int deliveriesUnderWay,
        int deliveriesFailed) {}
