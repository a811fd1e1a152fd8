package dev.forebear.replay.audit;

import dev.forebear.replay.audit.AuditedAncestor.Change;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.Evidence;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageRelation;
import dev.forebear.schemas.wire.LineageReport;
import java.util.List;

/** A finding with all that it rests on. */
final class FindingArticle {

    /** Statistics that are drawn; a report seldom has more. */
    private static final int MOST_STATISTICS = 12;

    private static final int MOST_EVENTS = 20;

    private final Found found;
    private final AuditedFinding finding;
    private final LineageReport report;

    FindingArticle(Found found) {
        this.found = found;
        this.finding = found.finding();
        this.report = found.model().report();
    }

    Html html() {
        var html = new Html()
                .open("article", "class", "finding " + AuditWords.symbol(finding.severity()))
                .open("h4")
                .outside(finding.title())
                .close()
                .open("p", "class", "explanation")
                .outside(finding.explanation())
                .close();
        facts(html);
        LineageMatch ancestor = finding.ancestor();
        if (ancestor != null) {
            ancestor(html, ancestor);
        }
        events(html);
        return html.close();
    }

    private void facts(Html html) {
        html.open("dl", "class", "facts");
        html.open("div").element("dt", "Model").open("dd");
        html.add(Marks.model(found.model().upload().getModelVersionId()))
                .close()
                .close();
        fact(html, "Uploaded", uploaded());
        fact(html, "Declares", declares());
        fact(html, "Rule", finding.rule());
        fact(html, "Alert", finding.alerted() ? "Raised: " + finding.alertId() : "None: nobody was alerted to it");
        Change change = found.change();
        if (change != null) {
            fact(html, "Then and now", AuditWords.change(change));
        } else if (found.model().then() == null) {
            fact(html, "Then and now", "There was no report at the time");
        }
        html.close();
    }

    private static void fact(Html html, String name, String value) {
        html.open("div").element("dt", name).open("dd").outside(value).close().close();
    }

    private String uploaded() {
        String by = found.model().upload().getUploadedBy();
        return AuditWords.time(found.model().upload().getUploadedAt()) + (by == null ? "" : ", by " + by);
    }

    private String declares() {
        List<String> names = report.getDeclaredBases().stream()
                .map(DeclaredBase::getName)
                .distinct()
                .toList();
        return names.isEmpty() ? "no base" : String.join(", ", names);
    }

    private void ancestor(Html html, LineageMatch ancestor) {
        html.open("div", "class", "ancestor")
                .open("p", "class", "ancestor-heading")
                .element("span", "Ancestor ", "class", "quiet")
                .add(Marks.model(ancestor.getModelVersionId()))
                .element("strong", AuditWords.odds(ancestor))
                .element("span", ancestor.getDeclared() ? "Declared" : "Not declared", "class", "tag");
        String licence = ancestor.getLicence();
        if (licence != null) {
            html.open("span", "class", "tag").outside(licence).close();
        }
        html.close().element("p", AuditWords.falseAlarms(ancestor, report.getComparedModels()));
        relation(html, ancestor);
        evidence(html, ancestor);
        html.close();
    }

    private static void relation(Html html, LineageMatch ancestor) {
        LineageRelation relation = ancestor.getRelation();
        if (relation != null) {
            html.open("p").text("What was done: ").outside(relation.getKind().replace('-', ' '));
            if (!relation.getDetail().isEmpty()) {
                html.text(" (").outside(relation.getDetail()).text(")");
            }
            html.text(". ");
            if (ancestor.getDirection() != null) {
                html.text(AuditWords.direction(ancestor.getDirection()));
            }
            html.close();
        }
    }

    private static void evidence(Html html, LineageMatch ancestor) {
        List<Evidence> evidence = ancestor.getEvidence();
        html.open("div", "class", "evidence");
        evidence.stream().limit(MOST_STATISTICS).forEach(one -> html.add(statistic(one)));
        var layers = ancestor.getLayerAgreement();
        if (layers != null && LayerPicture.canDraw(layers)) {
            html.open("figure", "class", "statistic layers")
                    .open("figcaption")
                    .element("strong", "Layers")
                    .element("span", "which layer came from which", "class", "quiet")
                    .close()
                    .add(LayerPicture.of(layers))
                    .close();
        }
        html.close();
        if (evidence.size() > MOST_STATISTICS) {
            html.element(
                    "p",
                    AuditWords.count(evidence.size() - MOST_STATISTICS) + " more statistics are in " + AuditReport.JSON
                            + ".",
                    "class",
                    "quiet");
        }
    }

    private static Html statistic(Evidence evidence) {
        var html = new Html()
                .open("figure", "class", "statistic")
                .open("figcaption")
                .open("strong")
                .outside(AuditWords.sentence(evidence.getSignal()))
                .close()
                .open("span", "class", "quiet")
                .outside(evidence.getStatistic())
                .close()
                .close();
        if (!BellCurve.canDraw(evidence)) {
            return html.element("p", "Not comparable.", "class", "quiet").close();
        }
        return html.add(BellCurve.of(evidence))
                .open("p", "class", "reading")
                .text(AuditWords.chance(evidence))
                .open("span", "class", "quiet")
                .text(" If ")
                .outside(evidence.getAssumption())
                .text(".")
                .close()
                .close()
                .close();
    }

    private void events(Html html) {
        List<AuditedEvent> events = found.model().events();
        if (events.isEmpty()) {
            return;
        }
        Marks.tableStart(html, "Events behind it", List.of("Event", "When", "Topic", "Partition", "Offset"));
        for (AuditedEvent event : events.subList(0, Math.min(events.size(), MOST_EVENTS))) {
            html.open("tr").open("th", "scope", "row").outside(event.what()).close();
            html.element("td", AuditWords.time(event.at()))
                    .open("td")
                    .outside(event.topic())
                    .close();
            html.element("td", String.valueOf(event.partition()), "class", "number")
                    .element("td", String.valueOf(event.offset()), "class", "number")
                    .close();
        }
        Marks.tableEnd(html);
        if (events.size() > MOST_EVENTS) {
            html.element(
                    "p",
                    AuditWords.count(events.size() - MOST_EVENTS) + " more are in " + AuditReport.JSON + ".",
                    "class",
                    "quiet");
        }
    }
}
