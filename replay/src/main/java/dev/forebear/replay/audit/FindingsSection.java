package dev.forebear.replay.audit;

import dev.forebear.schemas.wire.Severity;
import java.util.List;
import java.util.Objects;

/** The findings of one severity after another; only so many of all are told in full. Not thread-safe. */
final class FindingsSection {

    private static final List<String> COLUMNS = List.of("Model", "Rule", "Ancestor", "Alert");

    private final AuditSummary summary;
    private int room = AuditSummary.TOLD;

    FindingsSection(AuditSummary summary) {
        this.summary = summary;
    }

    /** To be asked for in the order in which they are shown. */
    Html html(Severity severity) {
        var html = new Html();
        long total = summary.findings(severity);
        if (total == 0) {
            return html;
        }
        html.open("section", "class", "of-severity")
                .open("h3")
                .add(Marks.severity(severity))
                .text(" " + AuditWords.count(total, "finding", "findings"))
                .close();
        List<Found> told = Objects.requireNonNull(summary.told.get(severity)).first();
        int full = Math.min(room, told.size());
        room -= full;
        told.subList(0, full).forEach(found -> html.add(new FindingArticle(found).html()));
        List<FindingLine> lines =
                Objects.requireNonNull(summary.findings.get(severity)).first();
        if (lines.size() > full) {
            table(html, severity, lines.subList(full, lines.size()));
        }
        if (total > lines.size()) {
            html.element(
                    "p",
                    AuditWords.count(total - lines.size()) + " more are in " + AuditReport.FINDINGS + ".",
                    "class",
                    "quiet");
        }
        return html.close();
    }

    private static void table(Html html, Severity severity, List<FindingLine> lines) {
        Marks.tableStart(html, "Further findings, " + AuditWords.symbol(severity), COLUMNS);
        for (FindingLine line : lines) {
            html.open("tr")
                    .open("th", "scope", "row")
                    .add(Marks.model(line.id()))
                    .close();
            html.open("td").outside(line.rule()).close();
            html.open("td");
            if (line.ancestor() != null) {
                html.add(Marks.model(line.ancestor()));
            }
            html.close().element("td", line.alerted() ? "raised" : "none").close();
        }
        Marks.tableEnd(html);
    }
}
