package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.ModelReference;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * Declared bases that are known here, and that a report, though it had them to compare with, does not name at all: not
 * even as a relative, nor as not comparable. Only models of about the same size count: another part of the same work,
 * such as the image side of a model that reads text and images, is no contradiction. Thread-safe.
 */
public final class RefutedBases {

    /** Larger or smaller by so much is another kind of model. */
    private static final int SAME_SIZE = 4;

    /** Two questions for names, so that each is answered by its index; nobody else is looked at. */
    private static final String KNOWN = """
        SELECT EXISTS (
          SELECT 1
          FROM (
            SELECT rowid AS place FROM model_version
            WHERE lower(name) IN (SELECT value FROM json_each(:names))
            UNION
            SELECT rowid FROM model_version
            WHERE lower(registry || '/' || name) IN (SELECT value FROM json_each(:names))) AS named
          CROSS JOIN model_version AS base ON base.rowid = named.place
          CROSS JOIN model_version AS own ON own.id = :own
          WHERE base.progress = 'analysed' AND base.deleted_at IS NULL
            AND base.uploaded_at < own.uploaded_at AND base.reported_at < :reportedAt
            AND base.parameters BETWEEN own.parameters / :size AND own.parameters * :size)
        """;

    private final Jdbi queries;

    public RefutedBases(Jdbi queries) {
        this.queries = queries;
    }

    /** Those of the report's declared bases, as declared; none as long as one declared base is proven. */
    public Set<String> of(LineageReport report) {
        return of(report, report.getReportedAt());
    }

    /**
     * The same of a report that is newer than it says.
     *
     * @param reportedAt only bases that were reported on before are known
     */
    public Set<String> of(LineageReport report, Instant reportedAt) {
        List<LineageMatch> proven =
                report.getMatches().stream().filter(Proofs::isProven).toList();
        if (report.getNotAnalysed() != null
                || proven.isEmpty()
                || proven.stream().anyMatch(LineageMatch::getDeclared)) {
            return Set.of();
        }
        return report.getDeclaredBases().stream()
                .filter(base -> base.getStrength() != DeclarationStrength.HINT)
                .map(DeclaredBase::getName)
                .filter(name -> isKnown(report, name, reportedAt) && !isNamed(report, name))
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isKnown(LineageReport report, String name, Instant reportedAt) {
        return queries.withHandle(handle -> handle.createQuery(KNOWN)
                .bind("own", report.getModelVersionId())
                .bind("names", JsonArray.of(ModelReference.of(name).names()))
                .bind("reportedAt", reportedAt.toEpochMilli())
                .bind("size", SAME_SIZE)
                .mapTo(Boolean.class)
                .one());
    }

    private static boolean isNamed(LineageReport report, String name) {
        ModelReference reference = ModelReference.of(name);
        return report.getMatches().stream().anyMatch(match -> reference.means(match.getRegistry(), match.getName()));
    }
}
