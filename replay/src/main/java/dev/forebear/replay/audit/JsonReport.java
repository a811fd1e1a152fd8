package dev.forebear.replay.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.replay.audit.AuditedAncestor.Change;
import dev.forebear.schemas.wire.Replay;
import dev.forebear.schemas.wire.Severity;
import dev.forebear.schemas.wire.TopicPosition;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code report.json}: everything, a line for what was asked, one for each upload, which line tools can take apart, and
 * one for the summary; docs/audit-report.schema.json is its schema.
 */
final class JsonReport implements AutoCloseable {

    private static final String FORMAT = "forebear-audit-report";
    private static final int VERSION = 1;

    /** Uploads that are put into words at once, on all processors. */
    private static final int AT_ONCE = 256;

    /** Characters of a line. */
    private static final int USUAL_LENGTH = 1 << 15;

    /** Without a character that is not ASCII, so that no name can turn the writing of whoever looks at the file. */
    private static final ObjectWriter JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build()
            .writer();

    private final JsonGenerator json;
    private final AuditSummary summary;
    private final List<AuditedModel> some = new ArrayList<>(AT_ONCE);

    /** @param summary counts, until this is closed, what is added */
    JsonReport(Writer writer, Replay replay, AuditSummary summary) throws IOException {
        this.json = JSON.createGenerator(writer);
        this.summary = summary;
        json.writeStartObject();
        json.writeStringField("format", FORMAT);
        json.writeNumberField("formatVersion", VERSION);
        json.writeFieldName("replay");
        json.writeRawValue(line(inputs(replay)));
        json.writeArrayFieldStart("uploads");
    }

    /** What the signed statement says besides the digests. */
    static ObjectNode predicate(Replay replay, AuditSummary summary) {
        ObjectNode predicate = inputs(replay);
        predicate.remove("policyText");
        predicate.set("summary", counts(summary));
        return predicate;
    }

    void add(AuditedModel model) throws IOException {
        some.add(model);
        if (some.size() == AT_ONCE) {
            writeLines();
        }
    }

    private void writeLines() throws IOException {
        List<String> lines = some.parallelStream().map(JsonReport::line).toList();
        for (String line : lines) {
            json.writeRawValue(line);
        }
        some.clear();
    }

    @Override
    public void close() throws IOException {
        writeLines();
        json.writeEndArray();
        json.writeFieldName("summary");
        json.writeRawValue(line(counts(summary)));
        json.writeEndObject();
        json.writeRaw('\n');
        json.close();
    }

    private static String line(AuditedModel model) {
        var line = new StringWriter(USUAL_LENGTH);
        line.write('\n');
        try (JsonGenerator json = JSON.createGenerator(line)) {
            UploadJson.write(model, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    private static String line(ObjectNode value) {
        try {
            return '\n' + JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that the answer depends on; not who asked and when, which it does not depend on. */
    private static ObjectNode inputs(Replay replay) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("replayId", replay.getReplayId());
        json.put("from", text(replay.getFrom()));
        json.put("until", text(replay.getUntil()));
        strings(json, "registries", replay.getRegistries());
        json.put("namePattern", replay.getNamePattern());
        strings(json, "teams", replay.getTeams());
        json.put("viewpoint", AuditWords.symbol(replay.getViewpoint()));
        json.put("policyVersion", replay.getPolicyVersion());
        json.put("policySource", replay.getPolicySource());
        json.put("policyText", replay.getPolicyText());
        json.put("algorithmVersion", replay.getAlgorithmVersion());
        json.put("references", replay.getReferences());
        json.put("referenceSet", replay.getReferenceSet());
        var positions = json.putArray("positions");
        for (TopicPosition position : replay.getPositions()) {
            positions
                    .addObject()
                    .put("topic", position.getTopic())
                    .put("partition", position.getPartition())
                    .put("offset", position.getOffset());
        }
        return json;
    }

    private static ObjectNode counts(AuditSummary summary) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("uploads", summary.uploads.total());
        json.put("derived", summary.derived());
        json.put("notAnalysed", summary.notAnalysed.total());
        json.put("unconfirmed", summary.unconfirmed.total());
        json.put("withoutReportOfTheTime", summary.unreported());
        json.put("alerted", summary.alerted());
        ObjectNode findings = json.putObject("findings");
        for (Severity severity : List.of(Severity.values()).reversed()) {
            findings.put(AuditWords.symbol(severity), summary.findings(severity));
        }
        ObjectNode ancestors = json.putObject("ancestors");
        for (Change change : Change.values()) {
            ancestors.put(AuditWords.symbol(change), summary.ancestors(change));
        }
        return json;
    }

    private static void strings(ObjectNode json, String field, List<String> values) {
        var array = json.putArray(field);
        values.forEach(array::add);
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
