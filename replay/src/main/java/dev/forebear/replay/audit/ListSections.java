package dev.forebear.replay.audit;

import dev.forebear.replay.audit.AuditedAncestor.Change;
import dev.forebear.schemas.wire.NotAnalysed;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Uploads in lines: what changed, what could not be analysed, what is not confirmed, and all of them. */
final class ListSections {

    private final AuditSummary summary;

    ListSections(AuditSummary summary) {
        this.summary = summary;
    }

    Html changed() {
        var html = section("changes", "What changed");
        html.element(
                "p",
                "Against the reports of the time: %s, %s, %s. %s had no report at the time."
                        .formatted(
                                AuditWords.count(summary.ancestors(Change.NEW), "ancestor is new", "ancestors are new"),
                                AuditWords.count(
                                        summary.ancestors(Change.GONE), "ancestor is gone", "ancestors are gone"),
                                AuditWords.count(summary.ancestors(Change.UNCHANGED)) + " unchanged",
                                AuditWords.count(summary.unreported(), "upload", "uploads")));
        list(html, summary.changed, "What changed", List.of("Model", "Announced", "New", "Gone"), (row, line) -> {
            changes(row, line, Change.NEW);
            changes(row, line, Change.GONE);
        });
        return html.close();
    }

    private static void changes(Html html, UploadLine line, Change change) {
        html.open("td");
        line.changed().stream()
                .filter(ancestor -> ancestor.change() == change)
                .forEach(ancestor -> html.open("div")
                        .add(Marks.model(ancestor.match().getModelVersionId()))
                        .element("span", " " + AuditWords.odds(ancestor.match()), "class", "quiet")
                        .close());
        html.close();
    }

    Html notAnalysed() {
        var html = section("not-analysed", "Not analysed");
        if (summary.reasons.isEmpty()) {
            return html.element("p", "Every upload could be analysed.").close();
        }
        String reasons = summary.reasons.entrySet().stream()
                .map(reason -> AuditWords.count(reason.getValue()) + " " + reason.getKey())
                .collect(Collectors.joining(", "));
        html.open("p")
                .text("Of these nobody knows what they were made from. They are not clean. By reason: ")
                .outside(reasons)
                .text(".")
                .close();
        list(
                html,
                summary.notAnalysed,
                "Not analysed",
                List.of("Model", "Announced", "Reason", "Found"),
                (row, line) -> {
                    NotAnalysed why = line.unanalysed();
                    row.open("td").outside(why == null ? "" : why.getReason()).close();
                    row.open("td").outside(why == null ? "" : why.getMessage()).close();
                });
        return html.close();
    }

    Html unconfirmed() {
        var html = section("unconfirmed", "Not confirmed");
        if (summary.unconfirmed.total() == 0) {
            return html.element("p", "No match waits for its weights to be read.")
                    .close();
        }
        html.element(
                "p",
                "Today the weights of these pairs would be read and held against each other. Nobody has done so: what"
                        + " is said of them rests on fingerprints alone.");
        list(html, summary.unconfirmed, "Not confirmed", List.of("Model", "Announced", "Matches"), (row, line) -> {
            row.open("td");
            line.unconfirmed()
                    .forEach(id -> row.open("div").add(Marks.model(id)).close());
            row.close();
        });
        return html.close();
    }

    Html uploads() {
        var html = section("uploads", "Uploads");
        list(
                html,
                summary.uploads,
                "Uploads",
                List.of("Model", "Announced", "Made from", "Evidence", "Findings"),
                ListSections::outcome);
        return html.close();
    }

    private static void outcome(Html row, UploadLine line) {
        row.open("td");
        if (line.unanalysed() != null) {
            row.element("span", "not analysed", "class", "quiet").close().element("td", "");
        } else if (line.nearest() == null) {
            row.element("span", "nothing proven", "class", "quiet").close().element("td", "");
        } else {
            row.add(Marks.model(line.nearest().getModelVersionId()));
            if (line.proven() > 1) {
                row.element("span", " and " + AuditWords.count(line.proven() - 1) + " more", "class", "quiet");
            }
            row.close().element("td", AuditWords.odds(line.nearest()));
        }
        row.open("td");
        if (line.severity() != null) {
            row.text(AuditWords.count(line.findings()) + " ").add(Marks.severity(line.severity()));
        }
        row.close();
    }

    private static Html section(String id, String title) {
        return new Html().open("section", "id", id).element("h2", title);
    }

    private static void list(
            Html html,
            Bounded<UploadLine> lines,
            String caption,
            List<String> columns,
            BiConsumer<Html, UploadLine> rest) {
        if (lines.total() == 0) {
            return;
        }
        Marks.tableStart(html, caption, columns);
        for (UploadLine line : lines.first()) {
            html.open("tr")
                    .open("th", "scope", "row")
                    .add(Marks.model(line.id()))
                    .close();
            html.element("td", AuditWords.time(line.announcedAt()));
            rest.accept(html, line);
            html.close();
        }
        Marks.tableEnd(html);
        long more = lines.total() - lines.first().size();
        if (more > 0) {
            html.element("p", AuditWords.count(more) + " more are in " + AuditReport.UPLOADS + ".", "class", "quiet");
        }
    }
}
