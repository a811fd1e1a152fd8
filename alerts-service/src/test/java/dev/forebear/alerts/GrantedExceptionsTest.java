package dev.forebear.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.AlertVersion;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.PolicyException;
import dev.forebear.schemas.wire.Severity;
import dev.forebear.schemas.wire.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrantedExceptionsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
    private static final String RULE = "undisclosed-ancestry";

    @Test
    void coversAModelWhateverTheRuleAndTheAncestor() {
        PolicyException model = Exceptions.on("internal/helios-7b").build();

        assertThat(covering(model)).isTrue();
        assertThat(covering(Exceptions.on("internal/other").build())).isFalse();
    }

    @Test
    void coversAVersionAlone() {
        PolicyException version =
                Exceptions.on("internal/helios-7b").setDerivedVersion("v4").build();

        assertThat(covers(version, alert("v4"))).isTrue();
        assertThat(covers(version, alert("v4", "v5"))).isFalse();
    }

    @Test
    void coversAModelAndAnAncestor() {
        assertThat(covering(Exceptions.on("internal/helios-7b")
                        .setBaseModelId("hub/basalt")
                        .build()))
                .isTrue();
        assertThat(covering(Exceptions.on("internal/helios-7b")
                        .setBaseModelId("hub/other")
                        .build()))
                .isFalse();
    }

    @Test
    void coversARuleWhateverTheModel() {
        assertThat(covering(Exceptions.from(RULE).build())).isTrue();
        assertThat(covering(Exceptions.from("disallowed-ancestor").build())).isFalse();
    }

    @Test
    void coversNothingWhenItNamesNeitherModelNorRule() {
        assertThat(covering(Exceptions.forEverything().build())).isFalse();
        assertThat(covering(Exceptions.forEverything().setDerivedVersion("v4").build()))
                .isFalse();
        assertThat(covering(Exceptions.from(RULE).setDerivedVersion("v4").build()))
                .isFalse();
    }

    @Test
    void lapsesAtItsTimeAndEndsWhenItIsRevoked() {
        assertThat(covering(Exceptions.from(RULE).setExpiresAt(NOW).build())).isFalse();
        assertThat(covering(
                        Exceptions.from(RULE).setExpiresAt(NOW.plusMillis(1)).build()))
                .isTrue();
        assertThat(covering(Exceptions.from(RULE)
                        .setRevokedBy("ana@example.com")
                        .setRevokedAt(NOW)
                        .build()))
                .isFalse();
    }

    @Test
    void namesTheOneWithWhoseEndTheAlertComesBack() {
        PolicyException early = Exceptions.on("internal/helios-7b")
                .setExceptionId("ex_early")
                .setDerivedVersion("v4")
                .setExpiresAt(NOW.plus(Duration.ofDays(1)))
                .build();
        PolicyException late = Exceptions.on("internal/helios-7b")
                .setExceptionId("ex_late")
                .setDerivedVersion("v5")
                .setExpiresAt(NOW.plus(Duration.ofDays(9)))
                .build();

        var granted = new GrantedExceptions(List.of(late, early));

        assertThat(granted.covering(alert("v4", "v5"), NOW)).contains(early);
        assertThat(granted.covering(alert("v5"), NOW)).contains(late);
    }

    private static boolean covering(PolicyException exception) {
        return covers(exception, alert("v4"));
    }

    private static boolean covers(PolicyException exception, LineageAlert alert) {
        return new GrantedExceptions(List.of(exception)).covering(alert, NOW).isPresent();
    }

    private static LineageAlert alert(String... versions) {
        return LineageAlert.newBuilder()
                .setAlertId("al_1")
                .setRule(RULE)
                .setSeverity(Severity.HIGH)
                .setState(AlertState.OPEN)
                .setDerivedModelId("internal/helios-7b")
                .setDerivedModelVersionId("internal/helios-7b@v4")
                .setBaseModelId("hub/basalt")
                .setVersions(Arrays.stream(versions)
                        .map(version -> new AlertVersion("internal/helios-7b@" + version, "r", NOW))
                        .toList())
                .setVerdict(Verdict.DERIVED)
                .setLog10EValue(-78.1)
                .setTitle("Undisclosed ancestor")
                .setExplanation("Because.")
                .setReportId("r")
                .setOpenedAt(NOW)
                .setUpdatedAt(NOW)
                .setCorrelationId("c")
                .build();
    }
}
