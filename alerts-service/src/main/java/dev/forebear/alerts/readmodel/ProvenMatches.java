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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The proven matches in the latest reports on models, each read once: reports that are decided together share most of
 * their ancestors. Thread-safe.
 */
final class ProvenMatches implements Walk.Steps {

    /** More than these are read one level at a time, by those who need them. */
    private static final int MOST_MODELS = 20_000;

    private static final String MATCHES = """
        SELECT m.derived_id, m.base_id, m.direct, m.relation, m.relation_detail, m.merge_weight, m.base_licence,
            m.base_family, m.base_publisher, m.verdict, m.basis, m.declared, m.nearest, m.parent, m.base_uploaded_at,
            m.log10_e_value, m.effect_size, m.summary
        FROM json_each(:ids) j CROSS JOIN match m ON m.derived_id = j.value WHERE m.proven = 1
        """;

    private final Jdbi queries;
    private final Map<String, List<Proven>> known = new ConcurrentHashMap<>();

    /** Models are named by many others, in words of which there are few. */
    private final Map<String, Base> bases = new ConcurrentHashMap<>();

    private final Map<String, String> words = new ConcurrentHashMap<>();

    ProvenMatches(Jdbi queries) {
        this.queries = queries;
    }

    private record Proven(String baseId, boolean direct, LineageMatch match) {}

    private record Base(String id, ModelVersionId parts) {

        static Base of(String id) {
            return new Base(id, ModelVersionId.parse(id));
        }
    }

    /** Reads at once what is above all these models, level by level. */
    void read(Collection<String> modelVersionIds) {
        Set<String> level = new HashSet<>(modelVersionIds);
        Set<String> reached = new HashSet<>();
        while (!level.isEmpty() && reached.size() < MOST_MODELS) {
            know(level);
            reached.addAll(level);
            Set<String> above = new HashSet<>();
            for (String id : level) {
                for (Proven proven : of(id)) {
                    if (!reached.contains(proven.baseId)) {
                        above.add(proven.baseId);
                    }
                }
            }
            level = above;
        }
    }

    // Loops: a large family has hundreds of thousands of steps, and a stream for each takes longer than all the rest.
    @Override
    public List<Walk.Step> from(Collection<String> origins, boolean direct, int limit) {
        know(origins);
        List<Walk.Step> steps = new ArrayList<>();
        for (String origin : origins) {
            for (Proven proven : of(origin)) {
                if (proven.direct == direct && steps.size() < limit) {
                    steps.add(new Walk.Step(origin, proven.baseId));
                }
            }
        }
        return steps;
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
        Map<String, List<Proven>> read = new HashMap<>();
        unknown.forEach(id -> read.put(id, new ArrayList<>()));
        queries.useHandle(handle -> handle.createQuery(MATCHES)
                .bind("ids", JsonArray.of(unknown))
                .map((row, context) -> read.computeIfAbsent(row.getString(1), none -> new ArrayList<>())
                        .add(proven(row)))
                .forEach(added -> {}));
        known.putAll(read);
    }

    private Proven proven(ResultSet row) throws SQLException {
        Base base = bases.computeIfAbsent(row.getString(2), Base::of);
        return new Proven(base.id, row.getBoolean(3), match(base, row));
    }

    private LineageMatch match(Base base, ResultSet row) throws SQLException {
        String relation = word(row.getString(4));
        Double mergeWeight = row.getDouble(6);
        if (row.wasNull()) {
            mergeWeight = null;
        }
        return LineageMatch.newBuilder()
                .setModelVersionId(base.id)
                .setRegistry(base.parts.registry())
                .setName(base.parts.name())
                .setVersion(base.parts.version())
                .setMergeWeight(mergeWeight)
                .setLicence(word(row.getString(7)))
                .setFamily(word(row.getString(8)))
                .setPublisher(word(row.getString(9)))
                .setVerdict(Words.parse(Verdict.class, row.getString(10)))
                .setBasis(Words.parse(EvidenceBasis.class, row.getString(11)))
                .setDeclared(row.getBoolean(12))
                .setNearest(row.getBoolean(13))
                .setParent(row.getBoolean(14))
                .setRelation(
                        relation == null
                                ? null
                                : new LineageRelation(
                                        relation, Objects.requireNonNull(word(row.getString(5))), List.of()))
                .setUploadedAt(Instant.ofEpochMilli(row.getLong(15)))
                .setLog10EValue(row.getDouble(16))
                .setEffectSize(row.getDouble(17))
                .setSummary(row.getString(18))
                .setEvidence(List.of())
                .setPeerSimilarities(List.of())
                .build();
    }

    private @Nullable String word(@Nullable String text) {
        return text == null ? null : words.computeIfAbsent(text, same -> same);
    }
}
