package dev.forebear.replay.audit;

import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelUploaded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replay says of one past upload.
 *
 * @param upload the announcement
 * @param report what the upload was made from, by the knowledge that the replay uses
 * @param then the report of the time; null when there was none
 * @param ancestors every ancestor that the weights prove in either report, the new ones first
 * @param findings what the policy finds, the most severe first
 * @param events the records that all of this rests on, in the order in which they were written
 * @param unconfirmed model version ids of matches that rest on fingerprints alone, although weights would be read today
 */
public record AuditedModel(
        ModelUploaded upload,
        LineageReport report,
        @Nullable LineageReport then,
        List<AuditedAncestor> ancestors,
        List<AuditedFinding> findings,
        List<AuditedEvent> events,
        List<String> unconfirmed) {

    public AuditedModel {
        ancestors = List.copyOf(ancestors);
        findings = List.copyOf(findings);
        events = List.copyOf(events);
        unconfirmed = List.copyOf(unconfirmed);
    }
}
