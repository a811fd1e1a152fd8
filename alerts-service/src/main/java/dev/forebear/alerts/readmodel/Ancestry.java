package dev.forebear.alerts.readmodel;

import dev.forebear.alerts.policy.Ancestor;
import dev.forebear.alerts.policy.Ancestor.Way;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.EvidenceBasis;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageRelation;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a model descends from, as far as the latest reports tell. A match that only another model's report
 * names comes from the table, without its evidence. Thread-safe.
 */
public final class Ancestry {

    /** Models further away are left out. */
    static final int MOST_MODELS = 5_000;

    private static final int ANY_DEPTH = Integer.MAX_VALUE;

    private static final String MATCHES = """
        SELECT m.* FROM json_each(:pairs) j CROSS JOIN match m
        ON m.derived_id = j.value ->> 0 AND m.base_id = j.value ->> 1
        """;

    private final Jdbi queries;

    public Ancestry(Jdbi queries) {
        this.queries = queries;
    }

    /**
     * The matches of the report, and over the proven ones whatever is proven in the latest reports on them, each once,
     * the nearest first. How far away a model is, its steps tell: over parents, or else over the nearest; a proven
     * match that no steps lead to is two steps away.
     */
    public List<Ancestor> of(LineageReport report) {
        return queries.withHandle(handle -> {
            Walk walk = Walk.toBases(handle, ANY_DEPTH, MOST_MODELS);
            Set<String> stepped = steps(walk, report);
            Map<String, Walk.Found> found = theRest(walk, report);
            List<Ancestor> ancestors = new ArrayList<>(named(report, found, stepped));
            ancestors.addAll(distant(handle, report, found, stepped));
            ancestors.sort(Comparator.comparingInt(Ancestor::depth));
            return List.copyOf(ancestors);
        });
    }

    /** What steps lead to. */
    private static Set<String> steps(Walk walk, LineageReport report) {
        Set<String> direct = Proofs.direct(report);
        walk.startBeyond(report.getModelVersionId());
        proven(report).filter(direct::contains).forEach(id -> walk.start(id, 1, null));
        walk.alongSteps();
        return Set.copyOf(walk.found().keySet());
    }

    private static Map<String, Walk.Found> theRest(Walk walk, LineageReport report) {
        proven(report).forEach(id -> walk.start(id, Walk.REMOTE, null));
        walk.run();
        return walk.found();
    }

    private static Way way(String id, Set<String> stepped) {
        return stepped.contains(id) ? Way.STEPS : Way.REMOTE;
    }

    private static Stream<String> proven(LineageReport report) {
        return report.getMatches().stream().filter(Proofs::isProven).map(LineageMatch::getModelVersionId);
    }

    /** What the report itself names. */
    private static List<Ancestor> named(LineageReport report, Map<String, Walk.Found> found, Set<String> stepped) {
        return report.getMatches().stream()
                .map(match -> new Ancestor(
                        match,
                        depth(found.get(match.getModelVersionId())),
                        way(match.getModelVersionId(), stepped),
                        null))
                .toList();
    }

    /** One step for a match that is not proven: nothing leads to it. */
    private static int depth(Walk.@Nullable Found found) {
        return found == null ? 1 : Math.max(1, found.depth());
    }

    /** What only the reports on its ancestors name. */
    private static List<Ancestor> distant(
            Handle handle, LineageReport report, Map<String, Walk.Found> found, Set<String> stepped) {
        Map<String, Walk.Found> others = new HashMap<>(found);
        others.remove(report.getModelVersionId());
        report.getMatches().forEach(match -> others.remove(match.getModelVersionId()));
        List<List<String>> pairs = new ArrayList<>();
        others.forEach((id, way) -> pairs.add(List.of(String.valueOf(way.via()), id)));
        return handle.createQuery(MATCHES)
                .bind("pairs", JsonArray.of(pairs))
                .map((row, context) -> {
                    LineageMatch match = match(row);
                    return new Ancestor(
                            match,
                            depth(others.get(match.getModelVersionId())),
                            way(match.getModelVersionId(), stepped),
                            row.getString("derived_id"));
                })
                .list();
    }

    private static LineageMatch match(ResultSet row) throws SQLException {
        ModelVersionId base = ModelVersionId.parse(row.getString("base_id"));
        String relation = row.getString("relation");
        Object mergeWeight = row.getObject("merge_weight");
        return LineageMatch.newBuilder()
                .setModelVersionId(base.toString())
                .setRegistry(base.registry())
                .setName(base.name())
                .setVersion(base.version())
                .setMergeWeight(mergeWeight == null ? null : row.getDouble("merge_weight"))
                .setLicence(row.getString("base_licence"))
                .setFamily(row.getString("base_family"))
                .setPublisher(row.getString("base_publisher"))
                .setVerdict(Words.parse(Verdict.class, row.getString("verdict")))
                .setBasis(Words.parse(EvidenceBasis.class, row.getString("basis")))
                .setDeclared(row.getBoolean("declared"))
                .setNearest(row.getBoolean("nearest"))
                .setParent(row.getBoolean("parent"))
                .setRelation(
                        relation == null
                                ? null
                                : new LineageRelation(relation, row.getString("relation_detail"), List.of()))
                .setUploadedAt(Instant.ofEpochMilli(row.getLong("base_uploaded_at")))
                .setLog10EValue(row.getDouble("log10_e_value"))
                .setEffectSize(row.getDouble("effect_size"))
                .setSummary(row.getString("summary"))
                .setEvidence(List.of())
                .setPeerSimilarities(List.of())
                .build();
    }
}
