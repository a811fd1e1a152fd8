package dev.forebear.alerts.page;

import dev.forebear.alerts.policy.Chance;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import org.jspecify.annotations.Nullable;

/** A match without its evidence. */
record MatchSummary(
        String modelVersionId,
        @Nullable String licence,
        String verdict,
        boolean declared,
        boolean nearest,
        boolean parent,
        @Nullable Double mergeWeight,
        @Nullable String kind,
        @Nullable String detail,
        String basis,
        @Nullable Double log10EValue,
        String chance) {
    static MatchSummary of(LineageMatch match) {
        return new MatchSummary(
                match.getModelVersionId(),
                match.getLicence(),
                Json.word(match.getVerdict()),
                match.getDeclared(),
                match.getNearest(),
                match.getParent(),
                match.getMergeWeight(),
                match.getRelation() == null ? null : match.getRelation().getKind(),
                match.getRelation() == null ? null : match.getRelation().getDetail(),
                Json.word(match.getBasis()),
                Json.number(match.getLog10EValue()),
                Chance.words(match.getLog10EValue()));
    }

    static @Nullable MatchSummary nearestOf(@Nullable LineageReport report) {
        if (report == null || report.getMatches().isEmpty()) {
            return null;
        }
        return of(report.getMatches().stream()
                .filter(LineageMatch::getNearest)
                .findFirst()
                .orElse(report.getMatches().getFirst()));
    }
}
