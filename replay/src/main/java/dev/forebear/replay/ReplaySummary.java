package dev.forebear.replay;

import dev.forebear.replay.audit.AuditedAncestor.Change;
import dev.forebear.replay.audit.AuditedFinding;
import dev.forebear.replay.audit.AuditedModel;
import dev.forebear.schemas.wire.Severity;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a replay came to, in numbers. Counted by one thread, then read by any. */
public final class ReplaySummary {

    private final Map<Change, Long> ancestors = new EnumMap<>(Change.class);
    private final SortedMap<Rule, Long> findings = new TreeMap<>();
    private long uploads;
    private long notAnalysed;
    private long unreported;
    private long unconfirmed;
    private long alerted;

    ReplaySummary() {}

    /** A rule and how severe it found something, the most severe first. */
    public record Rule(Severity severity, String name) implements Comparable<Rule> {

        private static final Comparator<Rule> IN_ORDER =
                Comparator.comparing(Rule::severity).reversed().thenComparing(Rule::name);

        @Override
        public int compareTo(Rule other) {
            return IN_ORDER.compare(this, other);
        }
    }

    void count(AuditedModel model) {
        uploads++;
        notAnalysed += model.report().getNotAnalysed() == null ? 0 : 1;
        unreported += model.then() == null ? 1 : 0;
        unconfirmed += model.unconfirmed().isEmpty() ? 0 : 1;
        model.ancestors().forEach(ancestor -> ancestors.merge(ancestor.change(), 1L, Long::sum));
        for (AuditedFinding finding : model.findings()) {
            findings.merge(new Rule(finding.severity(), finding.rule()), 1L, Long::sum);
            alerted += finding.alerted() ? 1 : 0;
        }
    }

    public long uploads() {
        return uploads;
    }

    /** Uploads whose lineage cannot be told. */
    public long notAnalysed() {
        return notAnalysed;
    }

    /** Uploads on which nobody reported at the time. */
    public long unreported() {
        return unreported;
    }

    /** Uploads with matches that rest on fingerprints alone, although weights would be read today. */
    public long unconfirmed() {
        return unconfirmed;
    }

    /** Proven ancestors, against the reports of the time. */
    public long ancestors(Change change) {
        return ancestors.getOrDefault(change, 0L);
    }

    /** Findings by rule. */
    public SortedMap<Rule, Long> findings() {
        return findings;
    }

    /** Findings that an alert was raised for. */
    public long alerted() {
        return alerted;
    }
}
