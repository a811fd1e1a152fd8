package dev.forebear.alerts.delivery;

import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.Severity;
import dev.forebear.schemas.wire.Verdict;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** Alerts and notices for tests. */
final class Alerts {

    private Alerts() {}

    static LineageAlert.Builder alert() {
        return LineageAlert.newBuilder()
                .setAlertId("al_5f0c2a1b9d3e4f60")
                .setRule("undisclosed-ancestry")
                .setSeverity(Severity.HIGH)
                .setState(AlertState.OPEN)
                .setDerivedModelVersionId("internal/helios-7b@v4")
                .setBaseModelVersionId("hub/quarry-ai/basalt-7b@main")
                .setVerdict(Verdict.DERIVED)
                .setLog10EValue(-78.1)
                .setBaseLicence("cc-by-nc-4.0")
                .setTitle("Undisclosed ancestor: internal/helios-7b@v4 descends from hub/quarry-ai/basalt-7b@main")
                .setExplanation("The weights agree. It declares no base.")
                .setReportId("internal/helios-7b@v4#7c0f")
                .setOpenedAt(Instant.parse("2026-11-20T08:01:00Z"))
                .setUpdatedAt(Instant.parse("2026-11-20T08:01:00Z"))
                .setCorrelationId("01JD4Z8S6W2K7Q")
                .setVersions(List.of());
    }

    static Notice notice(LineageAlert.Builder alert) {
        return Notice.of(alert.build(), URI.create("https://lineage.example.com/"));
    }
}
