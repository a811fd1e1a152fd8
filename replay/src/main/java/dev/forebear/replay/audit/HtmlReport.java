package dev.forebear.replay.audit;

import dev.forebear.alerts.page.Styles;
import dev.forebear.schemas.wire.Replay;
import dev.forebear.schemas.wire.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * {@code report.html}: one page that loads nothing and runs nothing. What it shows of each kind is bounded, so that a
 * hundred thousand uploads give a page that opens; it says where the rest is.
 */
final class HtmlReport {

    private static final String HEAD = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
        base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <title>Forebear audit report</title>
        <style>
        """;

    private final Replay replay;
    private final AuditSummary summary;
    private final boolean signed;

    HtmlReport(Replay replay, AuditSummary summary, boolean signed) {
        this.replay = replay;
        this.summary = summary;
        this.signed = signed;
    }

    void write(Writer writer) throws IOException {
        writer.write(HEAD);
        writer.write(Styles.palette() + Styles.evidence() + ownStyle());
        writer.write("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#findings\">To the findings</a>\n<main>\n");
        section(writer, new SummarySection(replay, summary).html());
        section(writer, new InputsSection(replay).html());
        writer.write("<section id=\"findings\" aria-labelledby=\"findings-heading\">\n");
        section(writer, findingsIntroduction());
        FindingsSection findings = new FindingsSection(summary);
        for (Severity severity : List.of(Severity.values()).reversed()) {
            section(writer, findings.html(severity));
        }
        writer.write("</section>\n");
        var lists = new ListSections(summary);
        section(writer, lists.changed());
        section(writer, lists.notAnalysed());
        section(writer, lists.unconfirmed());
        section(writer, lists.uploads());
        var closing = new ClosingSections(replay, summary, signed);
        section(writer, closing.limits());
        section(writer, closing.documents());
        section(writer, closing.policy());
        writer.write("</main>\n</body>\n</html>\n");
    }

    private static void section(Writer writer, Html section) throws IOException {
        writer.write(section.toString());
        writer.write('\n');
    }

    private Html findingsIntroduction() {
        var html = new Html().element("h2", "Findings", "id", "findings-heading");
        if (summary.findings() == 0) {
            return html.element("p", "The policy finds nothing in these uploads.", "class", "quiet");
        }
        return html.element(
                "p",
                "The most severe first, then by the time of the upload. The first " + AuditSummary.TOLD
                        + " are told with their evidence; of each severity " + AuditSummary.LISTED
                        + " are listed; all are in " + AuditReport.FINDINGS + ".",
                "class",
                "quiet");
    }

    private static String ownStyle() throws IOException {
        try (InputStream stream = HtmlReport.class.getResourceAsStream("audit.css")) {
            return new String(Objects.requireNonNull(stream, "audit.css").readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
