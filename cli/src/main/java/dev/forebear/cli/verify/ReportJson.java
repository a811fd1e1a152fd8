package dev.forebear.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.EvidenceBasis;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageRelation;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.QueryPurpose;
import dev.forebear.schemas.wire.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A report as an instance tells it over HTTP, as far as a policy looks at the reports on ancestors. */
final class ReportJson {

    private ReportJson() {}

    static LineageReport report(JsonNode node) {
        ModelVersionId id = ModelVersionId.parse(node.path("modelVersionId").asText());
        List<LineageMatch> matches = new ArrayList<>();
        node.path("matches").forEach(match -> matches.add(match(match)));
        return LineageReport.newBuilder()
                .setReportId(node.path("reportId").asText())
                .setModelVersionId(id.toString())
                .setRegistry(id.registry())
                .setName(id.name())
                .setVersion(id.version())
                .setLicence(InstanceApi.textOrNull(node, "licence"))
                .setPurpose(QueryPurpose.UPLOAD)
                .setMatches(matches)
                .setComparedModels(node.path("comparedModels").asLong())
                .setIncomparableModels(node.path("incomparableModels").asLong())
                .setUploadedAt(time(node, "uploadedAt"))
                .setReportedAt(time(node, "reportedAt"))
                .setConfirmation(constant(ConfirmationState.class, node, "confirmation"))
                .setCorrelationId("")
                .build();
    }

    private static LineageMatch match(JsonNode node) {
        JsonNode base = node.path("base");
        ModelVersionId id = ModelVersionId.parse(base.path("modelVersionId").asText());
        return LineageMatch.newBuilder()
                .setModelVersionId(id.toString())
                .setRegistry(id.registry())
                .setName(id.name())
                .setVersion(id.version())
                .setLicence(InstanceApi.textOrNull(base, "licence"))
                .setVerdict(constant(Verdict.class, base, "verdict"))
                .setBasis(constant(EvidenceBasis.class, base, "basis"))
                .setDeclared(base.path("declared").asBoolean())
                .setNearest(base.path("nearest").asBoolean())
                .setParent(base.path("parent").asBoolean())
                .setRelation(relation(base))
                .setUploadedAt(time(node, "uploadedAt"))
                .setLog10EValue(base.path("log10EValue").asDouble(Double.NaN))
                .setEffectSize(node.path("effectSize").asDouble(Double.NaN))
                .setSummary(node.path("summary").asText())
                .setEvidence(List.of())
                .setPeerSimilarities(List.of())
                .build();
    }

    private static @Nullable LineageRelation relation(JsonNode base) {
        String kind = InstanceApi.textOrNull(base, "kind");
        return kind == null
                ? null
                : new LineageRelation(kind, base.path("detail").asText(), List.of());
    }

    private static Instant time(JsonNode node, String field) {
        return Instant.parse(node.path(field).asText());
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode node, String field) {
        return Enum.valueOf(
                type, node.path(field).asText().toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
