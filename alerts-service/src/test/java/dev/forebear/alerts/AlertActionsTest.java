package dev.forebear.alerts;

import static dev.forebear.alerts.Reports.base;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.alerts.policy.Subject;
import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.AlertActionKind;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertActionsTest {

    private static final Instant AT = Instant.parse("2026-11-20T09:00:00Z");

    private final AlertLife life = new AlertLife(GrantedExceptions.NONE, alert -> Set.of("soar"), AT.plusSeconds(5));
    private final LineageAlert open = open();

    @Test
    void acknowledgesWithNameReasonAndTimeAndTellsNoChannel() {
        LineageAlert alert = act(open, action(AlertActionKind.ACKNOWLEDGE)).alert();

        assertThat(alert.getState()).isEqualTo(AlertState.ACKNOWLEDGED);
        assertThat(alert.getStateBy()).isEqualTo("ana@example.com");
        assertThat(alert.getStateReason()).isEqualTo("I look into it.");
        assertThat(alert.getStateAt()).isEqualTo(AT);
        assertThat(alert.getRevision()).isEqualTo(open.getRevision());
        assertThat(alert.getNextActionOffset()).isEqualTo(8);
    }

    @Test
    void snoozesUntilADateOrAChange() {
        Instant until = AT.plus(Duration.ofDays(7));
        LineageAlert alert = act(
                        open,
                        AlertAction.newBuilder(action(AlertActionKind.SNOOZE))
                                .setUntil(until)
                                .setUntilChange(true)
                                .build())
                .alert();

        assertThat(alert.getState()).isEqualTo(AlertState.SNOOZED);
        assertThat(alert.getSnoozedUntil()).isEqualTo(until);
        assertThat(alert.getSnoozedUntilChange()).isTrue();
    }

    @Test
    void refusesASnoozeWithoutAnEndOrWithOneInThePast() {
        assertThat(act(open, action(AlertActionKind.SNOOZE)).ignored()).isEqualTo("a snooze needs an end");
        AlertAction past = AlertAction.newBuilder(action(AlertActionKind.SNOOZE))
                .setUntil(AT)
                .build();
        assertThat(act(open, past).ignored()).isEqualTo("the snooze would end before it begins");
    }

    @Test
    void resolvesByHandAndReopens() {
        LineageAlert resolved = act(open, action(AlertActionKind.RESOLVE)).alert();
        assertThat(resolved.getState()).isEqualTo(AlertState.RESOLVED);
        assertThat(resolved.getResolution()).isEqualTo(Resolution.BY_HAND);

        LineageAlert reopened = act(resolved, action(AlertActionKind.REOPEN)).alert();
        assertThat(reopened.getState()).isEqualTo(AlertState.OPEN);
        assertThat(reopened.getResolution()).isNull();
    }

    @Test
    void ignoresWhatMakesNoSenseInTheState() {
        LineageAlert resolved = act(open, action(AlertActionKind.RESOLVE)).alert();

        AlertActions.Acted acted = act(resolved, action(AlertActionKind.ACKNOWLEDGE));

        assertThat(acted.ignored()).isEqualTo("the alert is resolved");
        assertThat(acted.alert().getState()).isEqualTo(AlertState.RESOLVED);
        assertThat(acted.alert().getNextActionOffset()).isEqualTo(8);
        assertThat(act(open, action(AlertActionKind.REOPEN)).ignored()).isEqualTo("the alert is open");
    }

    @Test
    void reopensNothingThatIsNotFoundOrThatAnExceptionCovers() {
        LineageAlert resolved = act(open, action(AlertActionKind.RESOLVE)).alert();
        LineageAlert gone =
                LineageAlert.newBuilder(resolved).setVersions(List.of()).build();
        LineageAlert excepted = LineageAlert.newBuilder(resolved)
                .setResolution(Resolution.EXCEPTED)
                .build();

        assertThat(act(gone, action(AlertActionKind.REOPEN)).ignored()).isEqualTo("no version has the finding");
        assertThat(act(excepted, action(AlertActionKind.REOPEN)).ignored()).isEqualTo("an exception covers the alert");
    }

    private AlertActions.Acted act(LineageAlert alert, AlertAction action) {
        return AlertActions.applied(alert, action, 7, life.now());
    }

    private AlertAction action(AlertActionKind kind) {
        return AlertAction.newBuilder()
                .setAlertId(open.getAlertId())
                .setKind(kind)
                .setAuthor("ana@example.com")
                .setReason("I look into it.")
                .setAt(AT)
                .build();
    }

    private LineageAlert open() {
        LineageReport report = Reports.of("helios-7b@v4", base("basalt"));
        return new AlertChanges(life, "sha256:0", alert -> false)
                .by(
                        report,
                        PolicyFile.parse("policy.yaml", "rules: {undisclosed-ancestry: {}}")
                                .findings(Subject.of(report)),
                        List.of())
                .getFirst();
    }
}
