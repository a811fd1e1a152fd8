package dev.forebear.alerts;

import static dev.forebear.alerts.Reports.base;
import static dev.forebear.alerts.Reports.match;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.alerts.policy.Subject;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertChangesTest {

    private final Policy policy = PolicyFile.standard();

    @Test
    void opensAnAlertPerModelRuleAndBase() {
        LineageAlert alert = only(by(report(1, base("basalt")), List.of()));

        assertThat(alert.getAlertId())
                .isEqualTo(AlertId.of("internal/helios-7b@v4", "undisclosed-ancestry", "hub/basalt@main"))
                .isNotEqualTo(AlertId.of("internal/helios-7b@v5", "undisclosed-ancestry", "hub/basalt@main"))
                .isNotEqualTo(AlertId.of("internal/helios-7b@v4", "disallowed-ancestor", "hub/basalt@main"))
                .matches("al_[0-9a-f]{16}");
        assertThat(alert.getOpenedAt()).isEqualTo(report(1).getReportedAt());
    }

    @Test
    void changesNothingWhenTheSameReportComesAgain() {
        LineageReport report = report(1, base("basalt"));
        List<LineageAlert> known = by(report, List.of());

        assertThat(by(report, known)).isEmpty();
    }

    @Test
    void keepsStateAndFirstTimeWhenTheWordsChange() {
        LineageAlert opened = only(by(report(1, base("basalt")), List.of()));
        LineageAlert acknowledged = in(AlertState.ACKNOWLEDGED, opened);

        LineageAlert updated = only(by(
                report(2, match("basalt").setNearest(true).setLog10EValue(-90).build()), List.of(acknowledged)));

        assertThat(updated.getState()).isEqualTo(AlertState.ACKNOWLEDGED);
        assertThat(updated.getOpenedAt()).isEqualTo(opened.getOpenedAt());
        assertThat(updated.getUpdatedAt()).isEqualTo(report(2).getReportedAt());
        assertThat(updated.getLog10EValue()).isEqualTo(-90);
    }

    @Test
    void resolvesAndReopensWithTheFinding() {
        LineageAlert opened = only(by(report(1, base("basalt")), List.of()));
        LineageAlert resolved = only(by(report(2), List.of(opened)));
        assertThat(resolved.getState()).isEqualTo(AlertState.RESOLVED);
        assertThat(by(report(3), List.of(resolved))).isEmpty();

        LineageAlert reopened = only(by(report(4, base("basalt")), List.of(resolved)));
        assertThat(reopened.getState()).isEqualTo(AlertState.OPEN);
        assertThat(reopened.getAlertId()).isEqualTo(opened.getAlertId());
    }

    @Test
    void movesToTheOlderBaseThatBecameKnown() {
        List<LineageAlert> known = by(report(1, base("basalt")), List.of());

        List<LineageAlert> changes = by(report(2, match("basalt").build(), base("older")), known);

        assertThat(changes)
                .extracting(LineageAlert::getBaseModelVersionId, LineageAlert::getState)
                .containsExactly(
                        tuple("hub/older@main", AlertState.OPEN), tuple("hub/basalt@main", AlertState.RESOLVED));
    }

    @Test
    void leavesAlertsAloneWhenTheModelWasNotAnalysed() {
        List<LineageAlert> known = by(report(1, base("basalt")), List.of());
        LineageReport notAnalysed = Reports.builder("helios-7b@v4", 2)
                .setNotAnalysed(Reports.malformed())
                .build();

        assertThat(by(notAnalysed, known)).isEmpty();
    }

    private List<LineageAlert> by(LineageReport report, List<LineageAlert> known) {
        return AlertChanges.by(report, policy.findings(Subject.of(report)), known);
    }

    private static LineageReport report(int revision, LineageMatch... matches) {
        return Reports.builder("helios-7b@v4", revision)
                .setMatches(List.of(matches))
                .build();
    }

    private static LineageAlert in(AlertState state, LineageAlert alert) {
        return LineageAlert.newBuilder()
                .setAlertId(alert.getAlertId())
                .setRule(alert.getRule())
                .setSeverity(alert.getSeverity())
                .setState(state)
                .setDerivedModelVersionId(alert.getDerivedModelVersionId())
                .setBaseModelVersionId(alert.getBaseModelVersionId())
                .setVerdict(alert.getVerdict())
                .setLog10EValue(alert.getLog10EValue())
                .setBaseLicence(alert.getBaseLicence())
                .setTitle(alert.getTitle())
                .setExplanation(alert.getExplanation())
                .setReportId(alert.getReportId())
                .setOpenedAt(alert.getOpenedAt())
                .setUpdatedAt(alert.getUpdatedAt())
                .setCorrelationId(alert.getCorrelationId())
                .build();
    }

    private static LineageAlert only(List<LineageAlert> alerts) {
        assertThat(alerts).hasSize(1);
        return alerts.getFirst();
    }
}
