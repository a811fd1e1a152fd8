package dev.forebear.replay.audit;

import dev.forebear.replay.audit.AuditedAncestor.Change;
import dev.forebear.schemas.wire.Replay;
import dev.forebear.schemas.wire.Severity;
import java.util.List;

/** What was asked and what it comes to, on top of the page. */
final class SummarySection {

    private final Replay replay;
    private final AuditSummary summary;

    SummarySection(Replay replay, AuditSummary summary) {
        this.replay = replay;
        this.summary = summary;
    }

    Html html() {
        var html = new Html()
                .open("header")
                .element("p", "Forebear audit report", "class", "brand")
                .element("h1", AuditWords.count(summary.uploads.total(), "upload", "uploads") + ", audited")
                .open("p", "class", "lead")
                .text("Models ");
        selection(html);
        html.text(", held against ")
                .text(AuditWords.count(replay.getReferences(), "known model", "known models"))
                .text(" and the policy ")
                .outside(replay.getPolicySource())
                .text(", " + AuditWords.viewpoint(replay.getViewpoint()) + ".")
                .close();
        severities(html);
        figures(html);
        contents(html);
        return html.close();
    }

    private void selection(Html html) {
        List<String> parts = AuditWords.selection(replay);
        for (int i = 0; i < parts.size(); i++) {
            html.text(i == 0 ? "" : ", ").outside(parts.get(i));
        }
    }

    private void severities(Html html) {
        html.open("ul", "class", "severities", "aria-label", "Findings by severity");
        for (Severity severity : List.of(Severity.values()).reversed()) {
            long count = summary.findings(severity);
            html.open("li", "class", count == 0 ? "none" : AuditWords.symbol(severity))
                    .add(Marks.severity(severity))
                    .element("b", AuditWords.count(count))
                    .close();
        }
        html.close();
    }

    private void figures(Html html) {
        html.open("dl", "class", "figures");
        figure(html, summary.derived(), "made from a known model, as the weights prove");
        figure(html, summary.findings() - summary.alerted(), "findings that nobody was alerted to");
        figure(html, summary.ancestors(Change.NEW), "ancestors that the reports of the time did not prove");
        figure(html, summary.ancestors(Change.GONE), "ancestors that they proved and this one does not");
        figure(html, summary.notAnalysed.total(), "uploads that could not be analysed");
        figure(html, summary.unconfirmed.total(), "uploads with matches that are not confirmed");
        html.close();
    }

    private static void figure(Html html, long count, String what) {
        html.open("div")
                .element("dt", what)
                .element("dd", AuditWords.count(count))
                .close();
    }

    private static void contents(Html html) {
        html.open("nav", "aria-label", "Contents").open("ul");
        entry(html, "inputs", "What the answer depends on");
        entry(html, "findings", "Findings");
        entry(html, "changes", "What changed");
        entry(html, "not-analysed", "Not analysed");
        entry(html, "unconfirmed", "Not confirmed");
        entry(html, "uploads", "Uploads");
        entry(html, "limits", "What this report does not know");
        entry(html, "documents", "Documents");
        entry(html, "policy", "Policy");
        html.close().close();
    }

    private static void entry(Html html, String id, String title) {
        html.open("li").element("a", title, "href", "#" + id).close();
    }
}
