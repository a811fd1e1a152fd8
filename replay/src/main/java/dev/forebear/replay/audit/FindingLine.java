package dev.forebear.replay.audit;

import dev.forebear.schemas.wire.LineageMatch;
import org.jspecify.annotations.Nullable;

/**
 * A finding in one line.
 *
 * @param ancestor model version id; null when it is about none
 */
record FindingLine(
        String id, String rule, String title, @Nullable String ancestor, boolean alerted) {

    static FindingLine of(Found found) {
        AuditedFinding finding = found.finding();
        LineageMatch ancestor = finding.ancestor();
        return new FindingLine(
                found.model().upload().getModelVersionId(),
                finding.rule(),
                finding.title(),
                ancestor == null ? null : ancestor.getModelVersionId(),
                finding.alerted());
    }
}
