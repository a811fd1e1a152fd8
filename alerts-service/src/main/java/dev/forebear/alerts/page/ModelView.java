package dev.forebear.alerts.page;

import dev.forebear.alerts.projection.AlertEntry;
import dev.forebear.alerts.projection.FingerprintFacts;
import dev.forebear.alerts.projection.ModelHistory;
import dev.forebear.alerts.projection.Portrait;
import dev.forebear.alerts.projection.Standing;
import dev.forebear.schemas.wire.LineageReport;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All that is known of a model version. */
record ModelView(
        UploadView upload,
        @Nullable ShapeView shape,
        @Nullable ReportView report,
        List<String> earlierReportIds,
        List<AlertView> alerts) {

    /** @param portraits what can be drawn of a model version, or null */
    static ModelView of(
            ModelHistory model,
            Collection<AlertEntry> alerts,
            Standing standing,
            Function<String, @Nullable Portrait> portraits) {
        LineageReport report = model.report();
        FingerprintFacts facts = model.fingerprint();
        return new ModelView(
                UploadView.of(model, alerts, standing),
                ShapeView.of(facts == null ? null : facts.shape()),
                report == null ? null : ReportView.of(report, portraits),
                model.reports().stream()
                        .skip(1)
                        .map(entry -> entry.report().getReportId())
                        .toList(),
                alerts.stream().map(AlertView::of).toList());
    }
}
