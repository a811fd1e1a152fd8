package dev.forebear.alerts.projection;

import dev.forebear.alerts.projection.AlertEntry.Attempts;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.DeliveryOutcome;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Severity;
import dev.forebear.schemas.wire.Verdict;
import java.util.Collection;
import java.util.EnumMap;
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
        int deliveriesFailed) {

    static Summary of(Collection<ModelHistory> models, Collection<AlertEntry> alerts, Iterable<LineageReport> matched) {
        var progress = new EnumMap<ModelHistory.Progress, Integer>(ModelHistory.Progress.class);
        models.forEach(model -> progress.merge(model.progress(), 1, Integer::sum));
        var open = new EnumMap<Severity, Integer>(Severity.class);
        var outcomes = new EnumMap<DeliveryOutcome, Integer>(DeliveryOutcome.class);
        int resolved = 0;
        for (AlertEntry entry : alerts) {
            if (entry.alert().getState() == AlertState.RESOLVED) {
                resolved++;
            } else {
                open.merge(entry.alert().getSeverity(), 1, Integer::sum);
            }
            entry.told().values().stream()
                    .map(Attempts::last)
                    .filter(last -> last.getOutcome() != DeliveryOutcome.RETRYING
                            || last.getState() == entry.alert().getState())
                    .forEach(last -> outcomes.merge(last.getOutcome(), 1, Integer::sum));
        }
        int derived = 0;
        for (LineageReport report : matched) {
            derived += report.getMatches().stream().anyMatch(Summary::isProven) ? 1 : 0;
        }
        return new Summary(
                models.size(),
                progress.getOrDefault(ModelHistory.Progress.ANALYSED, 0),
                progress.getOrDefault(ModelHistory.Progress.NOT_ANALYSED, 0),
                progress.getOrDefault(ModelHistory.Progress.RECEIVED, 0)
                        + progress.getOrDefault(ModelHistory.Progress.FINGERPRINTED, 0),
                derived,
                open,
                resolved,
                outcomes.getOrDefault(DeliveryOutcome.DELIVERED, 0),
                outcomes.getOrDefault(DeliveryOutcome.RETRYING, 0),
                outcomes.getOrDefault(DeliveryOutcome.FAILED, 0));
    }

    private static boolean isProven(LineageMatch match) {
        return match.getVerdict() == Verdict.DERIVED || match.getVerdict() == Verdict.SAME_WEIGHTS;
    }
}
