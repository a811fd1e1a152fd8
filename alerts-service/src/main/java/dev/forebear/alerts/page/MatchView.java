package dev.forebear.alerts.page;

import dev.forebear.schemas.wire.LineageReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A derived model and its nearest base. */
record MatchView(
        String modelVersionId,
        @Nullable String licence,
        String reportId,
        String reportedAt,
        MatchSummary base,
        int others,
        List<DeclaredView> declaredBases,
        long comparedModels) {

    static MatchView of(LineageReport report) {
        MatchSummary nearest = MatchSummary.nearestOf(report);
        if (nearest == null) {
            throw new IllegalArgumentException(report.getReportId() + " has no match");
        }
        return new MatchView(
                report.getModelVersionId(),
                report.getLicence(),
                report.getReportId(),
                report.getReportedAt().toString(),
                nearest,
                report.getMatches().size() - 1,
                DeclaredView.of(report.getDeclaredBases()),
                report.getComparedModels());
    }
}
