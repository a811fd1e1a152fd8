package dev.forebear.alerts.readmodel;

import dev.forebear.alerts.readmodel.ProvenFamily.Member;
import dev.forebear.alerts.readmodel.ProvenFamily.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** All proven matches in memory, so that a family of ten thousands is walked without reading it. Not thread-safe. */
final class ProvenSteps implements Walk.Steps {

    // Of an index that holds all columns: rows are wide.
    private static final String ALL_STEPS = """
        SELECT m.derived_id, m.base_id, m.direct, m.relation FROM match m INDEXED BY match_by_base WHERE m.proven = 1
        """;
    private static final String ALL_MARKS = """
        SELECT v.id, v.deleted_at IS NOT NULL, v.undeclared FROM model_version v INDEXED BY model_version_by_model
        WHERE v.deleted_at IS NOT NULL OR v.undeclared = 1
        """;
    private static final String STEPS = """
        SELECT m.derived_id, m.base_id, m.direct, m.relation
        FROM json_each(:ids) j CROSS JOIN match m ON m.derived_id = j.value
        WHERE m.proven = 1
        """;
    private static final String MARKS = """
        SELECT v.id, v.deleted_at IS NOT NULL, v.undeclared
        FROM json_each(:ids) j CROSS JOIN model_version v ON v.id = j.value
        """;

    private final Map<String, Version> versions = new HashMap<>();
    private final Map<String, String> relations = new HashMap<>();

    private static final class Version {

        static final Version NONE = new Version("");

        private final String id;
        private final List<Step> toBases = new ArrayList<>(1);
        private final NavigableMap<String, Step> toDerived = new TreeMap<>();
        private boolean deleted;
        private boolean undeclared;

        Version(String id) {
            this.id = id;
        }

        Member member(int depth, Step through) {
            return new Member(id, id.substring(0, id.lastIndexOf('@')), depth, through, deleted, undeclared);
        }
    }

    /** Everything that the tables hold. */
    static ProvenSteps read(Handle handle) {
        var steps = new ProvenSteps();
        each(handle.createQuery(ALL_STEPS), steps::add);
        each(handle.createQuery(ALL_MARKS), steps::mark);
        return steps;
    }

    /** Reads again what the tables say of some model versions. */
    void readAgain(Handle handle, Collection<String> ids) {
        ids.forEach(this::forget);
        each(handle.createQuery(STEPS).bind("ids", JsonArray.of(ids)), this::add);
        each(handle.createQuery(MARKS).bind("ids", JsonArray.of(ids)), this::mark);
    }

    // Loops: most models have no descendants, and a stream for each takes longer than all the rest.
    @Override
    public List<Walk.Step> from(Collection<String> origins, boolean direct, int limit) {
        List<Walk.Step> steps = new ArrayList<>();
        for (String origin : origins) {
            for (Step step :
                    versions.getOrDefault(origin, Version.NONE).toDerived.values()) {
                if (steps.size() < limit && step.direct() == direct && (direct || !isExplained(step))) {
                    steps.add(new Walk.Step(origin, step.derivedId()));
                }
            }
        }
        return steps;
    }

    /** Whether the base is related to what the model was made from directly, as {@link Branches} says. */
    private boolean isExplained(Step remote) {
        Version base = version(remote.baseId());
        return version(remote.derivedId()).toBases.stream()
                .anyMatch(step -> step.direct() && areRelated(base, version(step.baseId())));
    }

    private static boolean areRelated(Version one, Version other) {
        return descends(one, other)
                || descends(other, one)
                || one.toBases.stream()
                        .anyMatch(of -> other.toBases.stream()
                                .anyMatch(and -> and.baseId().equals(of.baseId())));
    }

    private static boolean descends(Version derived, Version base) {
        return derived.toBases.stream().anyMatch(step -> step.baseId().equals(base.id));
    }

    /**
     * Who descends from some model versions.
     *
     * @param most model versions after which it ends
     */
    ProvenFamily family(Collection<String> starts, int most) {
        var walk = new Walk(this, Integer.MAX_VALUE, most);
        starts.forEach(id -> walk.start(id, 0, null));
        walk.run();
        Map<String, Walk.Found> found = walk.found();
        // A direct step goes before one that leaves out somebody, and a near one before a far one.
        Comparator<Step> order = Comparator.comparing(Step::direct)
                .thenComparing(step -> depth(found, step.baseId()))
                .thenComparing(Step::baseId);
        List<Member> members = new ArrayList<>();
        found.forEach((id, way) -> {
            Version version = versions.getOrDefault(id, Version.NONE);
            version.toBases.stream()
                    .filter(step -> depth(found, step.baseId()) < way.depth())
                    .max(order)
                    .map(step -> version.member(way.depth(), step))
                    .ifPresent(members::add);
        });
        members.sort(Comparator.comparingInt(Member::depth).thenComparing(Member::id));
        return new ProvenFamily(members, walk.isCut());
    }

    private static int depth(Map<String, Walk.Found> found, String id) {
        Walk.Found way = found.get(id);
        return way == null ? Integer.MAX_VALUE : way.depth();
    }

    private interface Use {
        void of(ResultSet row) throws SQLException;
    }

    private static void each(Query query, Use use) {
        query.scanResultSet((rows, context) -> {
            ResultSet row = rows.get();
            while (row.next()) {
                use.of(row);
            }
            return null;
        });
    }

    private void add(ResultSet row) throws SQLException {
        Version derived = version(row.getString(1));
        Version base = version(row.getString(2));
        String relation = row.getString(4);
        var step = new Step(
                derived.id,
                base.id,
                row.getBoolean(3),
                relation == null ? null : relations.computeIfAbsent(relation, same -> same));
        derived.toBases.add(step);
        base.toDerived.put(derived.id, step);
    }

    private void mark(ResultSet row) throws SQLException {
        Version version = version(row.getString(1));
        version.deleted = row.getBoolean(2);
        version.undeclared = row.getBoolean(3);
    }

    private void forget(String id) {
        Version version = versions.get(id);
        if (version != null) {
            version.toBases.forEach(step -> version(step.baseId()).toDerived.remove(id));
            version.toBases.clear();
            version.deleted = false;
            version.undeclared = false;
        }
    }

    private Version version(String id) {
        return versions.computeIfAbsent(id, Version::new);
    }
}
