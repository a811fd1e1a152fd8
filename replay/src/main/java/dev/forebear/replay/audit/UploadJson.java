package dev.forebear.replay.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.Evidence;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.NotAnalysed;
import java.io.IOException;
import java.util.List;

/** An upload, what it was made from, and what the policy finds, as JSON. */
final class UploadJson {

    private final JsonGenerator json;

    private UploadJson(JsonGenerator json) {
        this.json = json;
    }

    static void write(AuditedModel model, JsonGenerator json) throws IOException {
        new UploadJson(json).write(model);
    }

    private void write(AuditedModel model) throws IOException {
        json.writeStartObject();
        upload(model.upload());
        json.writeFieldName("report");
        report(model.report());
        json.writeFieldName("then");
        LineageReport then = model.then();
        if (then == null) {
            json.writeNull();
        } else {
            report(then);
        }
        json.writeArrayFieldStart("ancestors");
        for (AuditedAncestor ancestor : model.ancestors()) {
            ancestor(ancestor);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("findings");
        for (AuditedFinding finding : model.findings()) {
            finding(finding);
        }
        json.writeEndArray();
        strings("unconfirmed", model.unconfirmed());
        json.writeArrayFieldStart("events");
        for (AuditedEvent event : model.events()) {
            event(event);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void upload(ModelUploaded upload) throws IOException {
        json.writeStringField("modelVersionId", upload.getModelVersionId());
        json.writeStringField("registry", upload.getRegistry());
        json.writeStringField("name", upload.getName());
        json.writeStringField("version", upload.getVersion());
        json.writeStringField("location", upload.getLocation());
        json.writeStringField("uploadedBy", upload.getUploadedBy());
        json.writeStringField("uploadedAt", upload.getUploadedAt().toString());
        json.writeStringField("announcedAt", upload.getReceivedAt().toString());
        json.writeStringField("correlationId", upload.getCorrelationId());
    }

    private void report(LineageReport report) throws IOException {
        json.writeStartObject();
        json.writeStringField("reportId", report.getReportId());
        json.writeStringField("licence", report.getLicence());
        NotAnalysed not = report.getNotAnalysed();
        if (not == null) {
            json.writeNullField("notAnalysed");
        } else {
            json.writeObjectFieldStart("notAnalysed");
            json.writeStringField("reason", not.getReason());
            json.writeStringField("message", not.getMessage());
            json.writeEndObject();
        }
        json.writeArrayFieldStart("declaredBases");
        for (DeclaredBase base : report.getDeclaredBases()) {
            json.writeStartObject();
            json.writeStringField("name", base.getName());
            json.writeStringField("relation", base.getRelation());
            json.writeStringField("source", base.getSource());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("matches");
        for (LineageMatch match : report.getMatches()) {
            json.writeStartObject();
            json.writeStringField("modelVersionId", match.getModelVersionId());
            json.writeStringField("verdict", AuditWords.symbol(match.getVerdict()));
            number("log10EValue", match.getLog10EValue());
            json.writeStringField("basis", AuditWords.symbol(match.getBasis()));
            json.writeBooleanField("declared", match.getDeclared());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("comparedModels", report.getComparedModels());
        json.writeNumberField("incomparableModels", report.getIncomparableModels());
        json.writeStringField("confirmation", AuditWords.symbol(report.getConfirmation()));
        strings("confirmationProblems", report.getConfirmationProblems());
        json.writeEndObject();
    }

    private void ancestor(AuditedAncestor ancestor) throws IOException {
        LineageMatch match = ancestor.match();
        json.writeStartObject();
        json.writeStringField("change", AuditWords.symbol(ancestor.change()));
        json.writeStringField("modelVersionId", match.getModelVersionId());
        json.writeStringField("licence", match.getLicence());
        json.writeStringField("family", match.getFamily());
        json.writeStringField("publisher", match.getPublisher());
        json.writeStringField("verdict", AuditWords.symbol(match.getVerdict()));
        number("log10EValue", match.getLog10EValue());
        json.writeStringField("basis", AuditWords.symbol(match.getBasis()));
        number("effectSize", match.getEffectSize());
        json.writeBooleanField("declared", match.getDeclared());
        json.writeBooleanField("parent", match.getParent());
        json.writeStringField("summary", match.getSummary());
        json.writeStringField(
                "relation",
                match.getRelation() == null ? null : match.getRelation().getKind());
        json.writeStringField(
                "detail",
                match.getRelation() == null ? null : match.getRelation().getDetail());
        json.writeArrayFieldStart("evidence");
        for (Evidence evidence : match.getEvidence()) {
            evidence(evidence);
        }
        json.writeEndArray();
        strings("notComparable", match.getNotComparable());
        json.writeEndObject();
    }

    private void evidence(Evidence evidence) throws IOException {
        json.writeStartObject();
        json.writeStringField("signal", evidence.getSignal());
        json.writeStringField("statistic", evidence.getStatistic());
        number("value", evidence.getValue());
        number("nullMean", evidence.getNullMean());
        number("nullDeviation", evidence.getNullDeviation());
        number("log10PValue", evidence.getLog10PValue());
        number("log10ExactBound", evidence.getLog10ExactBound());
        json.writeStringField("assumption", evidence.getAssumption());
        json.writeEndObject();
    }

    private void finding(AuditedFinding finding) throws IOException {
        LineageMatch ancestor = finding.ancestor();
        json.writeStartObject();
        json.writeStringField("rule", finding.rule());
        json.writeStringField("severity", AuditWords.symbol(finding.severity()));
        json.writeStringField("title", finding.title());
        json.writeStringField("explanation", finding.explanation());
        json.writeStringField("ancestor", ancestor == null ? null : ancestor.getModelVersionId());
        json.writeStringField("alertId", finding.alertId());
        json.writeBooleanField("alerted", finding.alerted());
        json.writeEndObject();
    }

    private void event(AuditedEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("topic", event.topic());
        json.writeNumberField("partition", event.partition());
        json.writeNumberField("offset", event.offset());
        json.writeStringField("what", event.what());
        json.writeStringField("at", event.at().toString());
        json.writeEndObject();
    }

    /** Null when it is not finite. */
    private void number(String field, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(field, value);
        } else {
            json.writeNullField(field);
        }
    }

    private void strings(String field, List<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
