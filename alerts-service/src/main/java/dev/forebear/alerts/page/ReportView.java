package dev.forebear.alerts.page;

import dev.forebear.schemas.wire.LineageReport;
import java.util.List;
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
        List<String> confirmationProblems) {

    static ReportView of(LineageReport report) {
        return new ReportView(
                report.getReportId(),
                report.getModelVersionId(),
                report.getLicence(),
                Json.word(report.getPurpose()),
                NotAnalysedView.of(report.getNotAnalysed()),
                DeclaredView.of(report.getDeclaredBases()),
                report.getMatches().stream().map(FullMatchView::of).toList(),
                report.getComparedModels(),
                report.getIncomparableModels(),
                report.getUploadedAt().toString(),
                report.getReportedAt().toString(),
                Json.word(report.getConfirmation()),
                report.getConfirmationProblems());
    }
}
