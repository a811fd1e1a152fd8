package dev.forebear.alerts;

import static dev.forebear.alerts.Reports.base;
import static dev.forebear.alerts.Reports.match;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forebear.alerts.policy.Exposure;
import dev.forebear.alerts.policy.Finding;
import dev.forebear.alerts.policy.Placement;
import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.alerts.policy.Subject;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.AlertVersion;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.PolicyException;
import dev.forebear.schemas.wire.Resolution;
import dev.forebear.schemas.wire.Severity;
import dev.forebear.schemas.wire.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertChangesTest {

    private static final Instant START = Instant.parse("2026-11-20T09:00:00Z");

    private final List<PolicyException> exceptions = new ArrayList<>();
    private final Policy policy = PolicyFile.parse("policy.yaml", "rules: {undisclosed-ancestry: {}}");
    private Instant now = START;

    @Test
    void opensAnAlertPerModelRuleAndAncestor() {
        LineageAlert alert = only(by(report("v4", base("basalt")), List.of()));

        assertThat(alert.getAlertId())
                .isEqualTo(AlertId.of("internal/helios-7b", "undisclosed-ancestry", "hub/basalt"))
                .isNotEqualTo(AlertId.of("internal/other", "undisclosed-ancestry", "hub/basalt"))
                .isNotEqualTo(AlertId.of("internal/helios-7b", "disallowed-ancestor", "hub/basalt"))
                .isNotEqualTo(AlertId.of("internal/helios-7b", "undisclosed-ancestry", null))
                .matches("al_[0-9a-f]{16}");
        assertThat(alert.getState()).isEqualTo(AlertState.OPEN);
        assertThat(alert.getRevision()).isEqualTo(1);
        assertThat(alert.getRoutes()).containsExactly("everybody");
        assertThat(alert.getOpenedAt()).isEqualTo(START);
        assertThat(alert.getDerivedModelId()).isEqualTo("internal/helios-7b");
        assertThat(alert.getBaseModelId()).isEqualTo("hub/basalt");
        assertThat(versions(alert)).containsExactly("internal/helios-7b@v4");
        assertThat(alert.getPolicyVersion()).isEqualTo(policy.version());
    }

    @Test
    void changesNothingWhenTheSameReportComesAgain() {
        LineageReport report = report("v4", base("basalt"));
        List<LineageAlert> known = by(report, List.of());
        now = now.plusSeconds(60);

        assertThat(by(report, known)).isEmpty();
    }

    @Test
    void addsAnotherVersionWithTheFindingWithoutANewRevision() {
        LineageAlert opened = only(by(report("v4", base("basalt")), List.of()));

        LineageAlert updated = only(by(report("v5", 2, base("basalt")), List.of(opened)));

        assertThat(updated.getAlertId()).isEqualTo(opened.getAlertId());
        assertThat(versions(updated)).containsExactly("internal/helios-7b@v4", "internal/helios-7b@v5");
        assertThat(updated.getDerivedModelVersionId()).isEqualTo("internal/helios-7b@v5");
        assertThat(updated.getRevision()).isEqualTo(1);
        assertThat(updated.getRoutes()).isEqualTo(opened.getRoutes());
    }

    @Test
    void keepsTheWordsOfTheLaterVersionWhenTheEarlierIsDecidedAgain() {
        LineageAlert both =
                only(by(report("v5", 2, base("basalt")), List.of(only(by(report("v4", base("basalt")), List.of())))));

        assertThat(by(report("v4", base("basalt")), List.of(both))).isEmpty();
    }

    @Test
    void keepsStateAndFirstTimeWhenTheWordsChange() {
        LineageAlert opened = only(by(report("v4", base("basalt")), List.of()));
        LineageAlert acknowledged = in(AlertState.ACKNOWLEDGED, opened);
        now = now.plusSeconds(60);

        LineageAlert updated = only(by(
                report(
                        "v4",
                        2,
                        match("basalt").setNearest(true).setLog10EValue(-90).build()),
                List.of(acknowledged)));

        assertThat(updated.getState()).isEqualTo(AlertState.ACKNOWLEDGED);
        assertThat(updated.getRevision()).isEqualTo(1);
        assertThat(updated.getOpenedAt()).isEqualTo(START);
        assertThat(updated.getUpdatedAt()).isEqualTo(now);
        assertThat(updated.getLog10EValue()).isEqualTo(-90);
    }

    @Test
    void isOverOnlyWhenNoVersionHasTheFinding() {
        LineageAlert both =
                only(by(report("v5", 2, base("basalt")), List.of(only(by(report("v4", base("basalt")), List.of())))));

        LineageAlert one = only(by(report("v5", 3), List.of(both)));
        assertThat(one.getState()).isEqualTo(AlertState.OPEN);
        assertThat(versions(one)).containsExactly("internal/helios-7b@v4");

        LineageAlert none = only(by(report("v4", 4), List.of(one)));
        assertThat(none.getState()).isEqualTo(AlertState.RESOLVED);
        assertThat(none.getResolution()).isEqualTo(Resolution.FINDING_GONE);
        assertThat(none.getRevision()).isEqualTo(2);
        assertThat(none.getRoutes()).containsExactly("everybody");
        assertThat(by(report("v4", 5), List.of(none))).isEmpty();
    }

    @Test
    void takesTheWordsOfAnEarlierVersionWhenTheLaterHasTheFindingNoMore() {
        LineageAlert both =
                only(by(report("v5", 2, base("basalt")), List.of(only(by(report("v4", base("basalt")), List.of())))));
        LineageAlert one = only(by(report("v5", 3), List.of(both)));

        LineageAlert again = only(by(report("v4", base("basalt")), List.of(one)));

        assertThat(again.getDerivedModelVersionId()).isEqualTo("internal/helios-7b@v4");
        assertThat(again.getTitle()).contains("helios-7b@v4");
    }

    @Test
    void reopensWhatIsFoundAgain() {
        LineageAlert opened = only(by(report("v4", base("basalt")), List.of()));
        LineageAlert resolved = only(by(report("v4", 2), List.of(opened)));

        LineageAlert reopened = only(by(report("v4", 3, base("basalt")), List.of(resolved)));

        assertThat(reopened.getState()).isEqualTo(AlertState.OPEN);
        assertThat(reopened.getRevision()).isEqualTo(3);
        assertThat(reopened.getResolution()).isNull();
        assertThat(reopened.getAlertId()).isEqualTo(opened.getAlertId());
    }

    @Test
    void saysThatTheAncestorIsDeclaredByNow() {
        LineageAlert opened = only(by(report("v4", base("basalt")), List.of()));
        LineageMatch declared =
                match("basalt").setNearest(true).setDeclared(true).build();

        assertThat(only(by(report("v4", 2, declared), List.of(opened))).getResolution())
                .isEqualTo(Resolution.DECLARED);
    }

    @Test
    void movesToTheOlderBaseThatBecameKnown() {
        List<LineageAlert> known = by(report("v4", base("basalt")), List.of());

        List<LineageAlert> changes = by(report("v4", 2, match("basalt").build(), base("older")), known);

        assertThat(changes)
                .extracting(LineageAlert::getBaseModelId, LineageAlert::getState)
                .containsExactly(tuple("hub/older", AlertState.OPEN), tuple("hub/basalt", AlertState.RESOLVED));
    }

    @Test
    void leavesAlertsAloneWhenTheModelWasNotAnalysed() {
        List<LineageAlert> known = by(report("v4", base("basalt")), List.of());
        LineageReport notAnalysed = Reports.builder("helios-7b@v4", 2)
                .setNotAnalysed(Reports.malformed())
                .build();

        assertThat(by(notAnalysed, known)).isEmpty();
    }

    @Test
    void raisesOneAlertForARuleThatFailsAndLeavesWhatItFoundBefore() {
        List<LineageAlert> found = by(report("v4", base("basalt")), List.of());
        var failure = new Finding(
                "undisclosed-ancestry",
                Severity.HIGH,
                null,
                "Rule failed",
                "It could not be evaluated.",
                Set.of(),
                new Placement(null, Exposure.INTERNAL, null),
                null,
                true);

        LineageAlert failed = only(changes().by(report("v4", 2), List.of(failure), found));
        assertThat(failed.getBaseModelId()).isNull();
        assertThat(failed.getTitle()).isEqualTo("Rule failed");

        assertThat(changes().by(report("v4", 2), List.of(failure), List.of(found.getFirst(), failed)))
                .isEmpty();
    }

    @Test
    void endsWhenTheLastVersionWithTheFindingIsDeleted() {
        LineageAlert both =
                only(by(report("v5", 2, base("basalt")), List.of(only(by(report("v4", base("basalt")), List.of())))));

        LineageAlert one = only(changes().deleted("internal/helios-7b@v5"::equals, List.of(both)));
        assertThat(one.getState()).isEqualTo(AlertState.OPEN);

        LineageAlert none = only(changes().deleted("internal/helios-7b@v4"::equals, List.of(one)));
        assertThat(none.getState()).isEqualTo(AlertState.RESOLVED);
        assertThat(none.getResolution()).isEqualTo(Resolution.DELETED);
    }

    @Test
    void tellsAgainWhenTheSeverityRises() {
        LineageAlert opened = only(by(report("v4", base("basalt")), List.of()));
        LineageAlert milder =
                LineageAlert.newBuilder(opened).setSeverity(Severity.LOW).build();

        LineageAlert raised = only(by(report("v4", base("basalt")), List.of(milder)));

        assertThat(raised.getRevision()).isEqualTo(2);
        assertThat(raised.getState()).isEqualTo(AlertState.OPEN);
    }

    @Test
    void keepsWhatAPersonResolvedUntilAnotherVersionHasTheFinding() {
        LineageAlert opened = only(by(report("v4", base("basalt")), List.of()));
        LineageAlert byHand = LineageAlert.newBuilder(in(AlertState.RESOLVED, opened))
                .setResolution(Resolution.BY_HAND)
                .build();
        LineageReport reworded = report(
                "v4", 2, match("basalt").setNearest(true).setLog10EValue(-90).build());

        assertThat(only(by(reworded, List.of(byHand))).getState()).isEqualTo(AlertState.RESOLVED);

        LineageAlert reopened = only(by(report("v5", 2, base("basalt")), List.of(byHand)));
        assertThat(reopened.getState()).isEqualTo(AlertState.OPEN);
        assertThat(reopened.getStateReason()).contains("v5");
        assertThat(reopened.getRevision()).isEqualTo(2);
    }

    @Test
    void endsASnoozeWhenTheWeightsProveItOtherwiseIfItWasUntilAChange() {
        LineageAlert opened = only(by(report("v4", base("basalt")), List.of()));
        LineageAlert snoozed = LineageAlert.newBuilder(in(AlertState.SNOOZED, opened))
                .setSnoozedUntilChange(true)
                .build();
        LineageReport copy = report(
                "v4",
                2,
                match("basalt")
                        .setNearest(true)
                        .setVerdict(Verdict.SAME_WEIGHTS)
                        .build());

        LineageAlert reopened = only(by(copy, List.of(snoozed)));

        assertThat(reopened.getState()).isEqualTo(AlertState.OPEN);
        assertThat(reopened.getSnoozedUntilChange()).isFalse();
        assertThat(reopened.getRevision()).isEqualTo(2);
    }

    @Test
    void keepsASnoozeUntilADateWhateverChanges() {
        LineageAlert opened = only(by(report("v4", base("basalt")), List.of()));
        LineageAlert snoozed = LineageAlert.newBuilder(in(AlertState.SNOOZED, opened))
                .setSnoozedUntil(START.plus(Duration.ofDays(7)))
                .build();

        LineageAlert updated = only(by(report("v5", 2, base("basalt")), List.of(snoozed)));
        assertThat(updated.getState()).isEqualTo(AlertState.SNOOZED);
        assertThat(changes().settled(List.of(updated))).isEmpty();

        now = START.plus(Duration.ofDays(7));
        LineageAlert ended = only(changes().settled(List.of(updated)));
        assertThat(ended.getState()).isEqualTo(AlertState.OPEN);
        assertThat(ended.getStateReason()).isEqualTo("The snooze has ended.");
        assertThat(ended.getRevision()).isEqualTo(2);
    }

    @Test
    void tellsNobodyOfWhatAnExceptionCoversFromTheBeginning() {
        exceptions.add(Exceptions.on("internal/helios-7b").build());

        LineageAlert covered = only(by(report("v4", base("basalt")), List.of()));

        assertThat(covered.getState()).isEqualTo(AlertState.RESOLVED);
        assertThat(covered.getResolution()).isEqualTo(Resolution.EXCEPTED);
        assertThat(covered.getExceptionId()).isEqualTo("ex_1");
        assertThat(covered.getRoutes()).isEmpty();
        assertThat(versions(covered)).hasSize(1);
    }

    @Test
    void resurfacesWhatALapsedExceptionCovered() {
        LineageAlert opened = only(by(report("v4", base("basalt")), List.of()));
        exceptions.add(Exceptions.on("internal/helios-7b")
                .setExpiresAt(START.plus(Duration.ofDays(30)))
                .build());
        LineageAlert covered = only(changes().settled(List.of(opened)));
        assertThat(covered.getRevision()).isEqualTo(2);
        assertThat(changes().settled(List.of(covered))).isEmpty();

        now = START.plus(Duration.ofDays(30));
        LineageAlert lapsed = only(changes().settled(List.of(covered)));

        assertThat(lapsed.getState()).isEqualTo(AlertState.OPEN);
        assertThat(lapsed.getRevision()).isEqualTo(3);
        assertThat(lapsed.getRoutes()).containsExactly("everybody");
        assertThat(lapsed.getStateReason()).isEqualTo("The exception of ana@example.com lapsed.");
        assertThat(lapsed.getExceptionId()).isNull();
    }

    @Test
    void resurfacesWhenAVersionAppearsThatTheExceptionDoesNotCover() {
        exceptions.add(
                Exceptions.on("internal/helios-7b").setDerivedVersion("v4").build());
        LineageAlert covered = only(by(report("v4", base("basalt")), List.of()));

        LineageAlert reopened = only(by(report("v5", 2, base("basalt")), List.of(covered)));

        assertThat(reopened.getState()).isEqualTo(AlertState.OPEN);
        assertThat(reopened.getStateReason()).contains("does not cover every version");
    }

    @Test
    void staysOverWhenTheFindingIsGoneWhileAnExceptionCoveredIt() {
        exceptions.add(Exceptions.on("internal/helios-7b").build());
        LineageAlert covered = only(by(report("v4", base("basalt")), List.of()));

        LineageAlert gone = only(by(report("v4", 2), List.of(covered)));
        exceptions.clear();

        assertThat(gone.getResolution()).isEqualTo(Resolution.FINDING_GONE);
        assertThat(gone.getRevision()).isEqualTo(1);
        assertThat(changes().settled(List.of(gone))).isEmpty();
    }

    private AlertChanges changes() {
        var life = new AlertLife(new GrantedExceptions(exceptions), alert -> Set.of("everybody"), now);
        return new AlertChanges(life, policy.version(), alert -> false);
    }

    private List<LineageAlert> by(LineageReport report, List<LineageAlert> known) {
        return changes().by(report, policy.findings(Subject.of(report)), known);
    }

    private static LineageReport report(String version, LineageMatch... matches) {
        return report(version, 1, matches);
    }

    private static LineageReport report(String version, int revision, LineageMatch... matches) {
        return Reports.builder("helios-7b@" + version, revision)
                .setMatches(List.of(matches))
                .build();
    }

    private static LineageAlert in(AlertState state, LineageAlert alert) {
        return LineageAlert.newBuilder(alert).setState(state).build();
    }

    private static List<String> versions(LineageAlert alert) {
        return alert.getVersions().stream().map(AlertVersion::getModelVersionId).toList();
    }

    private static LineageAlert only(List<LineageAlert> alerts) {
        assertThat(alerts).hasSize(1);
        return alerts.getFirst();
    }
}
