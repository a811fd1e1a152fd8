package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.ModelVersionId;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The rows of {@code model_version}. Each is made anew from what the tables of the topics say of it, so that it does
 * not matter which topic was read first.
 */
final class ModelVersions {

    private final Statements sql;
    private final Standings standings;
    private final SearchTable search;
    private final Set<String> touched = new LinkedHashSet<>();
    private Set<String> refreshed = Set.of();

    ModelVersions(Statements sql, SearchTable search) {
        this.sql = sql;
        this.standings = new Standings(sql);
        this.search = search;
    }

    /** Something was written that the row is made from. */
    void touch(String modelVersionId) {
        touched.add(modelVersionId);
    }

    /** Makes the touched rows anew; at the end of every transaction. */
    void refresh() {
        touched.forEach(this::refresh);
        refreshed = Set.copyOf(touched);
        touched.clear();
    }

    /** Ids of the rows that were made anew last. */
    Set<String> refreshed() {
        return refreshed;
    }

    /** Forgets what was touched: the transaction did not take place. */
    void forget() {
        touched.clear();
    }

    private void refresh(String text) {
        ModelVersionId id = ModelVersionId.parse(text);
        VersionFacts facts = VersionFacts.of(sql, text);
        search.touch(id.modelId());
        // Triggers count what goes and what comes, but not what is replaced.
        sql.run("DELETE FROM model_version WHERE id = ?", text);
        if (!facts.isNothing()) {
            write(id, facts);
        }
    }

    private void write(ModelVersionId id, VersionFacts facts) {
        VersionFacts.Upload upload = facts.upload();
        VersionFacts.Fingerprint fingerprint = facts.fingerprint();
        VersionFacts.Report report = facts.report();
        VersionFacts.Problem problem = facts.problem();
        Standings.Standing standing = standings.of(id, upload);
        sql.run(
                """
                INSERT INTO model_version (id, model_id, registry, name, version, name_now, stable_id,
                    visibility, deleted_at, sender, location, uploaded_by, uploaded_at, received_at, correlation_id, progress,
                    not_analysed_reason, not_analysed_message, licence, family, publisher, parameters, fingerprinted_at,
                    fingerprint_partition, fingerprint_offset, report_id, reported_at, compared_models, matches,
                    proven, nearest_id, undeclared)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                id.toString(),
                id.modelId(),
                id.registry(),
                id.name(),
                id.version(),
                standing.nameNow(),
                upload == null ? null : upload.stableId(),
                standing.visibility(),
                standing.deletedAt(),
                upload == null ? null : upload.sender(),
                facts.location(),
                upload == null ? null : upload.uploadedBy(),
                facts.uploadedAt(),
                facts.receivedAt(),
                facts.correlationId(),
                facts.progress(),
                problem == null ? null : problem.reason(),
                problem == null ? null : problem.message(),
                facts.licence(),
                fingerprint == null ? null : fingerprint.family(),
                fingerprint == null ? null : fingerprint.publisher(),
                fingerprint == null ? null : fingerprint.parameters(),
                fingerprint == null ? null : fingerprint.fingerprintedAt(),
                fingerprint == null ? null : fingerprint.place().partition(),
                fingerprint == null ? null : fingerprint.place().offset(),
                report == null ? null : report.reportId(),
                report == null ? null : report.reportedAt(),
                report == null ? null : report.comparedModels(),
                report == null ? 0 : report.matches(),
                report == null ? 0 : report.proven(),
                report == null ? null : report.nearestId(),
                report != null && report.undeclared());
    }
}
