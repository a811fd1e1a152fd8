package dev.forebear.replay.audit;

import dev.forebear.replay.audit.AuditedAncestor.Change;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.schemas.wire.Severity;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An upload in one line.
 *
 * @param nearest the proven ancestor that the report names first; null when it proves none
 * @param proven how many ancestors the report proves
 * @param severity of the gravest finding; null when there is none
 * @param unanalysed why it could not be analysed; null when it could
 * @param changed the ancestors that are new or gone
 */
record UploadLine(
        String id,
        Instant announcedAt,
        @Nullable LineageMatch nearest,
        long proven,
        long findings,
        @Nullable Severity severity,
        @Nullable NotAnalysed unanalysed,
        List<AuditedAncestor> changed,
        List<String> unconfirmed) {

    static UploadLine of(AuditedModel model) {
        List<LineageMatch> proven = proven(model);
        return new UploadLine(
                model.upload().getModelVersionId(),
                model.upload().getReceivedAt(),
                proven.stream()
                        .filter(LineageMatch::getNearest)
                        .findFirst()
                        .orElse(proven.isEmpty() ? null : proven.getFirst()),
                proven.size(),
                model.findings().size(),
                model.findings().stream()
                        .map(AuditedFinding::severity)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                model.report().getNotAnalysed(),
                model.ancestors().stream()
                        .filter(ancestor -> ancestor.change() != Change.UNCHANGED)
                        .toList(),
                model.unconfirmed());
    }

    /** What the report proves; what is gone is not among it. */
    private static List<LineageMatch> proven(AuditedModel model) {
        return model.ancestors().stream()
                .filter(ancestor -> ancestor.change() != Change.GONE)
                .map(AuditedAncestor::match)
                .toList();
    }
}
