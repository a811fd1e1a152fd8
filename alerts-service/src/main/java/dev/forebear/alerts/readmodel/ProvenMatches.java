package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.EvidenceBasis;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageRelation;
import dev.forebear.schemas.wire.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The proven matches in the latest reports on models, each read once: reports that are decided together share most of
 * their ancestors. Not thread-safe.
 */
final class ProvenMatches implements Walk.Steps {

    /** More than these are read one level at a time, by those who need them. */
    private static final int MOST_MODELS = 20_000;

    private static final String MATCHES = """
        SELECT m.* FROM json_each(:ids) j CROSS JOIN match m ON m.derived_id = j.value WHERE m.proven = 1
        """;

    private final Jdbi queries;
    private final Map<String, List<Proven>> known = new HashMap<>();

    ProvenMatches(Jdbi queries) {
        this.queries = queries;
    }

    private record Proven(String baseId, boolean direct, LineageMatch match) {}

    /** Reads at once what is above all these models, level by level. */
    void read(Collection<String> modelVersionIds) {
        Set<String> level = new HashSet<>(modelVersionIds);
        while (!level.isEmpty() && known.size() < MOST_MODELS) {
            know(level);
            Set<String> above = new HashSet<>();
            level.forEach(id -> of(id).forEach(proven -> above.add(proven.baseId)));
            above.removeAll(known.keySet());
            level = above;
        }
    }

    @Override
    public List<Walk.Step> from(Collection<String> origins, boolean direct, int limit) {
        know(origins);
        return origins.stream()
                .flatMap(origin -> of(origin).stream()
                        .filter(proven -> proven.direct == direct)
                        .map(proven -> new Walk.Step(origin, proven.baseId)))
                .limit(limit)
                .toList();
    }

    /** The match of one model with another; null when none is proven. */
    @Nullable
    LineageMatch of(String derivedId, String baseId) {
        return of(derivedId).stream()
                .filter(proven -> proven.baseId.equals(baseId))
                .map(Proven::match)
                .findFirst()
                .orElse(null);
    }

    private List<Proven> of(String derivedId) {
        return known.getOrDefault(derivedId, List.of());
    }

    private void know(Collection<String> derivedIds) {
        List<String> unknown =
                derivedIds.stream().filter(id -> !known.containsKey(id)).toList();
        if (unknown.isEmpty()) {
            return;
        }
        unknown.forEach(id -> known.put(id, List.of()));
        queries.useHandle(handle -> handle.createQuery(MATCHES)
                .bind("ids", JsonArray.of(unknown))
                .map((row, context) -> Map.entry(
                        row.getString("derived_id"),
                        new Proven(row.getString("base_id"), row.getBoolean("direct"), match(row))))
                .forEach(entry -> {
                    List<Proven> all = new ArrayList<>(of(entry.getKey()));
                    all.add(entry.getValue());
                    known.put(entry.getKey(), all);
                }));
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
