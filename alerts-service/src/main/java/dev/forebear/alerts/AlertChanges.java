package dev.forebear.alerts;

import dev.forebear.alerts.policy.Finding;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a report changes about the alerts of its model. The same report always makes the same alerts, times included, so
 * that a report that is processed twice changes nothing the second time.
 */
final class AlertChanges {

    private AlertChanges() {}

    /**
     * Alerts to be written: new ones, those whose words or state changed, and those that the report no longer finds.
     *
     * @param findings what the policy finds in the report
     * @param known alerts of the report's model
     */
    static List<LineageAlert> by(LineageReport report, List<Finding> findings, Collection<LineageAlert> known) {
        Map<String, LineageAlert> rest = new HashMap<>();
        known.forEach(alert -> rest.put(alert.getAlertId(), alert));
        List<LineageAlert> changes = new ArrayList<>();
        for (Finding finding : findings) {
            String id = AlertId.of(
                    report.getModelVersionId(), finding.rule(), base(finding).getModelVersionId());
            LineageAlert before = rest.remove(id);
            LineageAlert after = found(id, report, finding, before);
            if (before == null || !saysTheSame(before, after)) {
                changes.add(after);
            }
        }
        // Not analysed refutes nothing.
        if (report.getNotAnalysed() == null) {
            rest.values().stream()
                    .filter(alert -> alert.getState() != AlertState.RESOLVED)
                    .map(alert -> gone(report, alert, report.getReportedAt()))
                    .forEach(changes::add);
        }
        return changes;
    }

    /** Alerts to be written when the model was deleted: what nobody can use any more alarms nobody. */
    static List<LineageAlert> deleted(LineageReport report, Instant at, Collection<LineageAlert> known) {
        return known.stream()
                .filter(alert -> alert.getState() != AlertState.RESOLVED)
                .map(alert -> gone(report, alert, at))
                .toList();
    }

    private static LineageAlert found(String id, LineageReport report, Finding finding, @Nullable LineageAlert before) {
        // What people did with an alert stays, unless it was over.
        AlertState state =
                before == null || before.getState() == AlertState.RESOLVED ? AlertState.OPEN : before.getState();
        return LineageAlert.newBuilder()
                .setAlertId(id)
                .setRule(finding.rule())
                .setSeverity(finding.severity())
                .setState(state)
                .setDerivedModelVersionId(report.getModelVersionId())
                .setBaseModelVersionId(base(finding).getModelVersionId())
                .setVerdict(base(finding).getVerdict())
                .setLog10EValue(base(finding).getLog10EValue())
                .setBaseLicence(base(finding).getLicence())
                .setTitle(finding.title())
                .setExplanation(finding.explanation())
                .setReportId(report.getReportId())
                .setOpenedAt(before == null ? report.getReportedAt() : before.getOpenedAt())
                .setUpdatedAt(report.getReportedAt())
                .setCorrelationId(report.getCorrelationId())
                .build();
    }

    private static LineageMatch base(Finding finding) {
        return Objects.requireNonNull(finding.ancestor(), finding.rule()).match();
    }

    private static LineageAlert gone(LineageReport report, LineageAlert before, Instant at) {
        return LineageAlert.newBuilder()
                .setAlertId(before.getAlertId())
                .setRule(before.getRule())
                .setSeverity(before.getSeverity())
                .setState(AlertState.RESOLVED)
                .setDerivedModelVersionId(before.getDerivedModelVersionId())
                .setBaseModelVersionId(before.getBaseModelVersionId())
                .setVerdict(before.getVerdict())
                .setLog10EValue(before.getLog10EValue())
                .setBaseLicence(before.getBaseLicence())
                .setTitle(before.getTitle())
                .setExplanation(before.getExplanation())
                .setReportId(report.getReportId())
                .setOpenedAt(before.getOpenedAt())
                .setUpdatedAt(at)
                .setCorrelationId(report.getCorrelationId())
                .build();
    }

    private static boolean saysTheSame(LineageAlert before, LineageAlert after) {
        return before.getState() == after.getState()
                && before.getSeverity() == after.getSeverity()
                && before.getVerdict() == after.getVerdict()
                && before.getReportId().equals(after.getReportId())
                && before.getExplanation().equals(after.getExplanation())
                && before.getTitle().equals(after.getTitle())
                && Objects.equals(before.getBaseLicence(), after.getBaseLicence())
                && Double.compare(before.getLog10EValue(), after.getLog10EValue()) == 0;
    }
}
