package dev.forebear.alerts;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which reports are the last word on their model versions, as the read model has it. A report that waits to be
 * confirmed is none: people are told once, when it is known which of many relatives is the parent. Thread-safe.
 */
final class ReportTable {

    /** So many descendants of one model are decided again when its ancestry changes. */
    static final int MOST_DESCENDANTS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(ReportTable.class);

    private static final RowMapper<LatestReport> LATEST = (row, context) -> new LatestReport(
            row.getString("model_version_id"), new ReportPlace(row.getInt("partition"), row.getLong("offset")));

    private final Jdbi queries;

    ReportTable(Jdbi queries) {
        this.queries = queries;
    }

    record LatestReport(String modelVersionId, ReportPlace place) {}

    /** Places of the last words on these model versions. */
    Set<ReportPlace> latest(Collection<String> modelVersionIds) {
        return queries.withHandle(
                handle -> handle.createQuery("""
                    SELECT model_version_id, partition, "offset" FROM report
                    WHERE model_version_id IN (SELECT value FROM json_each(?)) AND latest = 1 AND confirmation <> 'pending'
                    """).bind(0, Rows.list(modelVersionIds)).map(LATEST).stream()
                        .map(LatestReport::place)
                        .collect(Collectors.toSet()));
    }

    /** The last words on all models that one asks for, in the order in which they lie. */
    List<ReportPlace> latestOf(Predicate<String> modelVersions) {
        return queries.withHandle(handle -> handle.createQuery("""
            SELECT model_version_id, partition, "offset" FROM report
            WHERE latest = 1 AND confirmation <> 'pending'
            """).map(LATEST).stream()
                .filter(report -> modelVersions.test(report.modelVersionId()))
                .map(LatestReport::place)
                .sorted()
                .toList());
    }

    /** The last words that lie between two offsets of a partition and are about ancestors of something. */
    List<String> onAncestors(int partition, long from, long to) {
        return queries.withHandle(handle -> handle.createQuery("""
            SELECT model_version_id FROM report
            WHERE partition = :partition AND "offset" >= :from AND "offset" < :to
                AND latest = 1 AND confirmation <> 'pending'
                AND EXISTS (SELECT 1 FROM match WHERE base_id = report.model_version_id AND proven = 1)
            """)
                .bind("partition", partition)
                .bind("from", from)
                .bind("to", to)
                .mapTo(String.class)
                .list());
    }

    /** The last words on what descends from a model version, near or far. */
    List<LatestReport> onDescendants(String modelVersionId) {
        List<LatestReport> found = queries.withHandle(handle -> handle.createQuery("""
            WITH RECURSIVE descendant (id) AS (
                SELECT derived_id FROM match WHERE base_id = :id AND proven = 1
                UNION
                SELECT derived_id FROM match JOIN descendant ON base_id = descendant.id WHERE proven = 1
                LIMIT :most)
            SELECT model_version_id, partition, "offset" FROM descendant JOIN report ON model_version_id = descendant.id
            WHERE latest = 1 AND confirmation <> 'pending' AND model_version_id <> :id
            """)
                .bind("id", modelVersionId)
                .bind("most", MOST_DESCENDANTS)
                .map(LATEST)
                .list());
        if (found.size() == MOST_DESCENDANTS) {
            LOG.atWarn()
                    .addKeyValue("model", modelVersionId)
                    .addKeyValue("decided", MOST_DESCENDANTS)
                    .log("its ancestry changed; not all of its descendants are decided again");
        }
        return found;
    }
}
