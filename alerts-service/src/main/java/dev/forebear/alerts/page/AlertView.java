package dev.forebear.alerts.page;

import dev.forebear.alerts.policy.Chance;
import dev.forebear.alerts.projection.AlertEntry;
import dev.forebear.schemas.wire.LineageAlert;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An alert and what became of telling it. */
record AlertView(
        String alertId,
        String rule,
        String severity,
        String state,
        String modelVersionId,
        @Nullable String baseModelVersionId,
        @Nullable String baseLicence,
        String verdict,
        @Nullable Double log10EValue,
        String chance,
        String title,
        String explanation,
        String reportId,
        String openedAt,
        String updatedAt,
        Set<String> channels,
        List<DeliveryView> deliveries) {

    static AlertView of(AlertEntry entry) {
        LineageAlert alert = entry.alert();
        return new AlertView(
                alert.getAlertId(),
                alert.getRule(),
                Json.word(alert.getSeverity()),
                Json.word(alert.getState()),
                alert.getDerivedModelVersionId(),
                alert.getBaseModelVersionId(),
                alert.getBaseLicence(),
                Json.word(alert.getVerdict()),
                Json.number(alert.getLog10EValue()),
                Chance.words(alert.getLog10EValue()),
                alert.getTitle(),
                alert.getExplanation(),
                alert.getReportId(),
                alert.getOpenedAt().toString(),
                alert.getUpdatedAt().toString(),
                entry.owed().channels(),
                entry.deliveries().stream().map(DeliveryView::of).toList());
    }
}
