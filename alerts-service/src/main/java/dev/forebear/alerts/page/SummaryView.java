package dev.forebear.alerts.page;

import dev.forebear.alerts.projection.Summary;
import dev.forebear.schemas.wire.Severity;
import java.util.Map;
import java.util.TreeMap;

/** The numbers at the top of the page. */
record SummaryView(
        int models,
        int analysed,
        int notAnalysed,
        int inProgress,
        int derived,
        Map<String, Integer> openAlerts,
        int resolvedAlerts,
        int deliveriesDone,
        int deliveriesUnderWay,
        int deliveriesFailed) {

    static SummaryView of(Summary summary) {
        Map<String, Integer> open = new TreeMap<>();
        for (Severity severity : Severity.values()) {
            open.put(Json.word(severity), summary.openAlerts().getOrDefault(severity, 0));
        }
        return new SummaryView(
                summary.models(),
                summary.analysed(),
                summary.notAnalysed(),
                summary.inProgress(),
                summary.derived(),
                open,
                summary.resolvedAlerts(),
                summary.deliveriesDone(),
                summary.deliveriesUnderWay(),
                summary.deliveriesFailed());
    }
}
