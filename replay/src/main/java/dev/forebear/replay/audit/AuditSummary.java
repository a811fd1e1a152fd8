package dev.forebear.replay.audit;

import dev.forebear.replay.audit.AuditedAncestor.Change;
import dev.forebear.schemas.wire.Severity;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What an audit comes to: counts of everything, and the first of each kind for the page. Not thread-safe. */
final class AuditSummary {

    /** Findings that are told in full, evidence included. */
    static final int TOLD = 100;

    /** Lines of a list on the page. */
    static final int LISTED = 500;

    final Map<Severity, Bounded<Found>> told = new EnumMap<>(Severity.class);
    final Map<Severity, Bounded<FindingLine>> findings = new EnumMap<>(Severity.class);
    final Bounded<UploadLine> uploads = new Bounded<>(LISTED);
    final Bounded<UploadLine> notAnalysed = new Bounded<>(LISTED);
    final Bounded<UploadLine> changed = new Bounded<>(LISTED);
    final Bounded<UploadLine> unconfirmed = new Bounded<>(LISTED);
    final Map<String, Long> reasons = new TreeMap<>();

    private final Map<Change, Long> changes = new EnumMap<>(Change.class);
    private long derived;
    private long unreported;
    private long alerted;
    private long incomparable;

    AuditSummary() {
        for (Severity severity : Severity.values()) {
            told.put(severity, new Bounded<>(TOLD));
            findings.put(severity, new Bounded<>(LISTED));
        }
    }

    void count(AuditedModel model) {
        UploadLine line = UploadLine.of(model);
        uploads.add(line);
        if (line.unanalysed() != null) {
            notAnalysed.add(line);
            reasons.merge(Visible.of(line.unanalysed().getReason()), 1L, Long::sum);
        }
        if (line.nearest() != null) {
            derived++;
        }
        if (!line.changed().isEmpty()) {
            changed.add(line);
        }
        if (!line.unconfirmed().isEmpty()) {
            unconfirmed.add(line);
        }
        if (model.then() == null) {
            unreported++;
        }
        if (model.report().getIncomparableModels() > 0) {
            incomparable++;
        }
        model.ancestors().forEach(ancestor -> changes.merge(ancestor.change(), 1L, Long::sum));
        model.findings().forEach(finding -> count(new Found(model, finding)));
    }

    private void count(Found found) {
        Severity severity = found.finding().severity();
        of(told, severity).add(found);
        of(findings, severity).add(FindingLine.of(found));
        if (found.finding().alerted()) {
            alerted++;
        }
    }

    private static <T> Bounded<T> of(Map<Severity, Bounded<T>> map, Severity severity) {
        return java.util.Objects.requireNonNull(map.get(severity));
    }

    /** Findings of a severity. */
    long findings(Severity severity) {
        return of(findings, severity).total();
    }

    long findings() {
        return findings.values().stream().mapToLong(Bounded::total).sum();
    }

    /** Findings for which there is an alert. */
    long alerted() {
        return alerted;
    }

    /** Uploads that the weights prove to be made from another model. */
    long derived() {
        return derived;
    }

    /** Uploads on which nobody had reported. */
    long unreported() {
        return unreported;
    }

    /** Uploads that could not be compared with every model. */
    long incomparable() {
        return incomparable;
    }

    /** Proven ancestors by what became of them. */
    long ancestors(Change change) {
        return changes.getOrDefault(change, 0L);
    }
}
