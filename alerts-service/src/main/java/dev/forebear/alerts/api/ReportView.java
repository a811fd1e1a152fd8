package dev.forebear.alerts.api;

import dev.forebear.schemas.wire.LineageReport;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A report with all matches and their evidence. */
record ReportView(
        String reportId,
        String modelVersionId,
        @Nullable String licence,
        String purpose,
        @Nullable NotAnalysedView notAnalysed,
        List<DeclaredView> declaredBases,
        List<FullMatchView> matches,
        long comparedModels,
        long incomparableModels,
        String uploadedAt,
        String reportedAt,
        String confirmation,
        List<String> confirmationProblems,
        @Nullable PortraitView portrait) {

    /** @param portraits what can be drawn of a model version, or null */
    static ReportView of(LineageReport report, Function<String, @Nullable PortraitView> portraits) {
        return new ReportView(
                report.getReportId(),
                report.getModelVersionId(),
                report.getLicence(),
                Json.word(report.getPurpose()),
                NotAnalysedView.of(report.getNotAnalysed()),
                DeclaredView.of(report.getDeclaredBases()),
                report.getMatches().stream()
                        .map(match -> FullMatchView.of(match, portraits))
                        .toList(),
                report.getComparedModels(),
                report.getIncomparableModels(),
                report.getUploadedAt().toString(),
                report.getReportedAt().toString(),
                Json.word(report.getConfirmation()),
                report.getConfirmationProblems(),
                portraits.apply(report.getModelVersionId()));
    }
}
