package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.ModelReference;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageRelation;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.NotAnalysed;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reports in every wording, and of the last word on each model version its matches and declarations. */
final class ReportTables implements TopicTables<LineageReport> {

    private final Statements sql;
    private final ModelVersions versions;
    private final ErasedModels erased;

    ReportTables(Statements sql, ModelVersions versions, ErasedModels erased) {
        this.sql = sql;
        this.versions = versions;
        this.erased = erased;
    }

    private record Latest(String reportId, Place place, Instant reportedAt) {}

    @Override
    public void put(Place place, LineageReport report) {
        ModelVersionId version = ModelVersionId.parse(report.getModelVersionId());
        report.getMatches().forEach(match -> ModelVersionId.parse(match.getModelVersionId()));
        if (erased.cover(version, report.getUploadedAt())) {
            return;
        }
        String id = version.toString();
        Latest latest = sql.row(
                row -> new Latest(
                        row.getString(1),
                        new Place(row.getInt(2), row.getLong(3)),
                        Instant.ofEpochMilli(row.getLong(4))),
                """
                SELECT report_id, partition, "offset", reported_at
                FROM report WHERE model_version_id = ? AND latest = 1
                """,
                id);
        boolean last = latest == null || isLater(place, report, latest) && !confirmsReplaced(report, latest);
        if (last) {
            sql.run("UPDATE report SET latest = 0 WHERE model_version_id = ? AND latest = 1", id);
        }
        insert(place, id, report, last);
        if (last) {
            replaceMatches(id, report);
            replaceDeclarations(id, report);
        }
        versions.touch(id);
    }

    // Reports on one model lie in one partition; older ones may lie in another, where versions had their own.
    private static boolean isLater(Place place, LineageReport report, Latest latest) {
        return place.partition() == latest.place().partition()
                ? place.offset() > latest.place().offset()
                : report.getReportedAt().isAfter(latest.reportedAt());
    }

    /** A confirmation of what a revision has replaced meanwhile: the revision's own confirmation follows. */
    private static boolean confirmsReplaced(LineageReport report, Latest latest) {
        boolean confirms = report.getConfirmation() == ConfirmationState.CONFIRMED
                || report.getConfirmation() == ConfirmationState.FAILED;
        return confirms && !latest.reportId().equals(report.getReportId());
    }

    private void insert(Place place, String id, LineageReport report, boolean latest) {
        NotAnalysed notAnalysed = report.getNotAnalysed();
        List<LineageMatch> proven =
                report.getMatches().stream().filter(Proofs::isProven).toList();
        sql.run(
                """
                INSERT OR REPLACE INTO report (partition, "offset", report_id, model_version_id, purpose, confirmation,
                    reported_at, uploaded_at, licence, compared_models, matches, proven, nearest_id, undeclared,
                    not_analysed_reason, not_analysed_message, correlation_id, latest)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                place.partition(),
                place.offset(),
                report.getReportId(),
                id,
                report.getPurpose(),
                report.getConfirmation(),
                report.getReportedAt(),
                report.getUploadedAt(),
                report.getLicence(),
                report.getComparedModels(),
                report.getMatches().size(),
                proven.size(),
                proven.stream()
                        .filter(LineageMatch::getNearest)
                        .map(LineageMatch::getModelVersionId)
                        .findFirst()
                        .orElse(null),
                Proofs.isUndeclared(report),
                notAnalysed == null ? null : notAnalysed.getReason(),
                notAnalysed == null ? null : notAnalysed.getMessage(),
                report.getCorrelationId(),
                latest);
    }

    private void replaceMatches(String id, LineageReport report) {
        sql.run("DELETE FROM match WHERE derived_id = ?", id);
        String modelId = ModelVersionId.parse(id).modelId();
        Set<String> direct = Proofs.direct(report);
        for (LineageMatch match : report.getMatches()) {
            LineageRelation relation = match.getRelation();
            sql.run(
                    """
                    INSERT OR IGNORE INTO match (derived_id, base_id, derived_model_id, base_model_id, verdict, proven,
                        parent, nearest, direct, declared, basis, log10_e_value, effect_size, relation, relation_detail,
                        merge_weight, base_licence, base_family, base_publisher, base_uploaded_at, summary, reported_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    id,
                    match.getModelVersionId(),
                    modelId,
                    match.getRegistry() + "/" + match.getName(),
                    match.getVerdict(),
                    Proofs.isProven(match),
                    match.getParent(),
                    match.getNearest(),
                    direct.contains(match.getModelVersionId()),
                    match.getDeclared(),
                    match.getBasis(),
                    match.getLog10EValue(),
                    match.getEffectSize(),
                    relation == null ? null : relation.getKind(),
                    relation == null ? null : relation.getDetail(),
                    match.getMergeWeight(),
                    match.getLicence(),
                    match.getFamily(),
                    match.getPublisher(),
                    match.getUploadedAt(),
                    match.getSummary(),
                    report.getReportedAt());
        }
    }

    private void replaceDeclarations(String id, LineageReport report) {
        sql.run("DELETE FROM declaration WHERE derived_id = ?", id);
        sql.run("DELETE FROM declared_name WHERE derived_id = ?", id);
        int place = 0;
        for (DeclaredBase declared : report.getDeclaredBases()) {
            sql.run(
                    """
                    INSERT INTO declaration (derived_id, place, name, relation, source, strength, base_id)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                    id,
                    place,
                    declared.getName(),
                    declared.getRelation(),
                    declared.getSource(),
                    declared.getStrength(),
                    meant(declared, report.getMatches()));
            for (String segment : ModelReference.of(declared.getName()).segments()) {
                sql.run("INSERT INTO declared_name (segment, derived_id, place) VALUES (?, ?, ?)", segment, id, place);
            }
            place++;
        }
    }

    /** The match that a declaration means: by its whole name, or else one that the report says is declared. */
    private static @Nullable String meant(DeclaredBase declared, List<LineageMatch> matches) {
        ModelReference reference = ModelReference.of(declared.getName());
        String likely = null;
        for (LineageMatch match : matches) {
            if (reference.isWhole(match.getRegistry(), match.getName())) {
                return match.getModelVersionId();
            }
            if (likely == null && match.getDeclared() && reference.means(match.getRegistry(), match.getName())) {
                likely = match.getModelVersionId();
            }
        }
        return likely;
    }
}
