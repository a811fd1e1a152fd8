package dev.forebear.alerts.page;

import dev.forebear.alerts.projection.AlertEntry;
import dev.forebear.alerts.projection.FingerprintFacts;
import dev.forebear.alerts.projection.ModelHistory;
import dev.forebear.alerts.projection.ReportEntry;
import dev.forebear.alerts.projection.Standing;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelUploaded;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model version and how far its latest upload has come. */
record UploadView(
        String modelVersionId,
        String state,
        @Nullable NotAnalysedView notAnalysed,
        @Nullable String sender,
        @Nullable String uploadedBy,
        @Nullable String location,
        @Nullable String uploadedAt,
        String receivedAt,
        @Nullable Long fingerprintMillis,
        @Nullable Long totalMillis,
        @Nullable Long bytesRead,
        @Nullable Integer requests,
        @Nullable Long parameters,
        @Nullable String licence,
        List<DeclaredView> declaredBases,
        @Nullable MatchSummary base,
        long openAlerts,
        @Nullable String reportId,
        @Nullable String nameNow,
        @Nullable String deletedAt,
        @Nullable String visibility) {

    static UploadView of(ModelHistory model, Collection<AlertEntry> alerts, Standing standing) {
        ModelUploaded upload = model.upload();
        FingerprintFacts facts = model.fingerprint();
        LineageReport report = model.report();
        return new UploadView(
                model.modelVersionId(),
                Json.word(model.progress()),
                NotAnalysedView.of(model.notAnalysed()),
                upload == null ? null : upload.getSender(),
                upload == null ? null : upload.getUploadedBy(),
                upload != null ? upload.getLocation() : facts == null ? null : facts.location(),
                upload == null ? null : upload.getUploadedAt().toString(),
                model.receivedAt().toString(),
                facts == null ? null : facts.elapsed().toMillis(),
                totalMillis(upload, model.reports()),
                facts == null ? null : facts.bytesRead(),
                facts == null ? null : facts.requests(),
                facts == null || facts.parameters() == 0 ? null : facts.parameters(),
                facts != null ? facts.licence() : report == null ? null : report.getLicence(),
                declared(upload, facts, report),
                MatchSummary.nearestOf(report),
                alerts.stream()
                        .filter(entry -> entry.alert().getState() != AlertState.RESOLVED)
                        .count(),
                report == null ? null : report.getReportId(),
                standing.nameNow(),
                standing.deletedAt() == null ? null : standing.deletedAt().toString(),
                standing.visibility());
    }

    private static List<DeclaredView> declared(
            @Nullable ModelUploaded upload, @Nullable FingerprintFacts facts, @Nullable LineageReport report) {
        if (report != null) {
            return DeclaredView.of(report.getDeclaredBases());
        }
        if (facts != null) {
            return DeclaredView.of(facts.declaredBases());
        }
        return upload == null ? List.of() : DeclaredView.of(upload.getDeclaredBases());
    }

    /** From receipt to the first report after it. */
    private static @Nullable Long totalMillis(@Nullable ModelUploaded upload, List<ReportEntry> reports) {
        if (upload == null) {
            return null;
        }
        return reports.reversed().stream()
                .map(entry ->
                        Duration.between(upload.getReceivedAt(), entry.report().getReportedAt()))
                .filter(Duration::isPositive)
                .map(Duration::toMillis)
                .findFirst()
                .orElse(null);
    }
}
