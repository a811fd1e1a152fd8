package dev.forebear.replay.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.Evidence;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelUploaded;

/** An upload, what it was made from, and what the policy finds, as JSON. */
final class UploadJson {

    private UploadJson() {}

    static ObjectNode of(AuditedModel model) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        upload(json, model.upload());
        report(json.putObject("report"), model.report());
        LineageReport then = model.then();
        if (then == null) {
            json.putNull("then");
        } else {
            report(json.putObject("then"), then);
        }
        var ancestors = json.putArray("ancestors");
        for (AuditedAncestor ancestor : model.ancestors()) {
            ancestors
                    .addObject()
                    .put("change", AuditWords.symbol(ancestor.change()))
                    .setAll(match(ancestor.match()));
        }
        var findings = json.putArray("findings");
        model.findings().forEach(finding -> findings.add(finding(finding)));
        JsonReport.strings(json, "unconfirmed", model.unconfirmed());
        var events = json.putArray("events");
        model.events().forEach(event -> events.add(event(event)));
        return json;
    }

    private static void upload(ObjectNode json, ModelUploaded upload) {
        json.put("modelVersionId", upload.getModelVersionId());
        json.put("registry", upload.getRegistry());
        json.put("name", upload.getName());
        json.put("version", upload.getVersion());
        json.put("location", upload.getLocation());
        json.put("uploadedBy", upload.getUploadedBy());
        json.put("uploadedAt", upload.getUploadedAt().toString());
        json.put("announcedAt", upload.getReceivedAt().toString());
        json.put("correlationId", upload.getCorrelationId());
    }

    private static void report(ObjectNode json, LineageReport report) {
        json.put("reportId", report.getReportId());
        json.put("licence", report.getLicence());
        if (report.getNotAnalysed() == null) {
            json.putNull("notAnalysed");
        } else {
            json.putObject("notAnalysed")
                    .put("reason", report.getNotAnalysed().getReason())
                    .put("message", report.getNotAnalysed().getMessage());
        }
        var declared = json.putArray("declaredBases");
        for (DeclaredBase base : report.getDeclaredBases()) {
            declared.addObject()
                    .put("name", base.getName())
                    .put("relation", base.getRelation())
                    .put("source", base.getSource());
        }
        var matches = json.putArray("matches");
        for (LineageMatch match : report.getMatches()) {
            matches.addObject()
                    .put("modelVersionId", match.getModelVersionId())
                    .put("verdict", AuditWords.symbol(match.getVerdict()))
                    .put("log10EValue", AuditWords.finite(match.getLog10EValue()))
                    .put("basis", AuditWords.symbol(match.getBasis()))
                    .put("declared", match.getDeclared());
        }
        json.put("comparedModels", report.getComparedModels());
        json.put("incomparableModels", report.getIncomparableModels());
        json.put("confirmation", AuditWords.symbol(report.getConfirmation()));
        JsonReport.strings(json, "confirmationProblems", report.getConfirmationProblems());
    }

    private static ObjectNode match(LineageMatch match) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("modelVersionId", match.getModelVersionId());
        json.put("licence", match.getLicence());
        json.put("family", match.getFamily());
        json.put("publisher", match.getPublisher());
        json.put("verdict", AuditWords.symbol(match.getVerdict()));
        json.put("log10EValue", AuditWords.finite(match.getLog10EValue()));
        json.put("basis", AuditWords.symbol(match.getBasis()));
        json.put("effectSize", AuditWords.finite(match.getEffectSize()));
        json.put("declared", match.getDeclared());
        json.put("parent", match.getParent());
        json.put("summary", match.getSummary());
        json.put(
                "relation",
                match.getRelation() == null ? null : match.getRelation().getKind());
        json.put(
                "detail",
                match.getRelation() == null ? null : match.getRelation().getDetail());
        var evidence = json.putArray("evidence");
        match.getEvidence().forEach(one -> evidence.add(evidence(one)));
        JsonReport.strings(json, "notComparable", match.getNotComparable());
        return json;
    }

    private static ObjectNode evidence(Evidence evidence) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("signal", evidence.getSignal())
                .put("statistic", evidence.getStatistic())
                .put("value", AuditWords.finite(evidence.getValue()))
                .put("nullMean", AuditWords.finite(evidence.getNullMean()))
                .put("nullDeviation", AuditWords.finite(evidence.getNullDeviation()))
                .put("log10PValue", AuditWords.finite(evidence.getLog10PValue()))
                .put("log10ExactBound", AuditWords.finite(evidence.getLog10ExactBound()))
                .put("assumption", evidence.getAssumption());
    }

    private static ObjectNode finding(AuditedFinding finding) {
        LineageMatch ancestor = finding.ancestor();
        return JsonNodeFactory.instance
                .objectNode()
                .put("rule", finding.rule())
                .put("severity", AuditWords.symbol(finding.severity()))
                .put("title", finding.title())
                .put("explanation", finding.explanation())
                .put("ancestor", ancestor == null ? null : ancestor.getModelVersionId())
                .put("alertId", finding.alertId())
                .put("alerted", finding.alerted());
    }

    private static ObjectNode event(AuditedEvent event) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("topic", event.topic())
                .put("partition", event.partition())
                .put("offset", event.offset())
                .put("what", event.what())
                .put("at", event.at().toString());
    }
}
