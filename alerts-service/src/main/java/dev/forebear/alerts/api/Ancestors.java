package dev.forebear.alerts.api;

import dev.forebear.alerts.api.AncestorView.DepthCount;
import dev.forebear.alerts.readmodel.ProvenFamily;
import dev.forebear.alerts.readmodel.ProvenFamily.Member;
import dev.forebear.schemas.ModelVersionId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A model as an ancestor, from the tables. */
final class Ancestors {

    private static final int MOST_VERSIONS = 20;
    private static final int MOST_GROUPS = 50;
    private static final int MOST_COUNTS = 100;

    private Ancestors() {}

    /** Ids of all versions of a model, those that are known by what descends from them alone among them. */
    static List<String> versions(Handle handle, String modelId) {
        return handle.createQuery("""
            SELECT id FROM model_version WHERE model_id = :id
            UNION SELECT DISTINCT base_id FROM match WHERE base_model_id = :id
            ORDER BY 1\
            """).bind("id", modelId).mapTo(String.class).list();
    }

    static AncestorView of(Handle handle, String modelId, ProvenFamily family) {
        List<String> versions = versions(handle, modelId);
        ModelVersionId any = ModelVersionId.parse(versions.getFirst());
        Named named = named(handle, modelId);
        List<Member> members = family.members();
        Map<String, String> teams = Descendants.teams(handle, members);
        return new AncestorView(
                modelId,
                any.registry(),
                any.name(),
                named.licence,
                named.family,
                named.publisher,
                latest(handle, modelId),
                versions.size(),
                members.size(),
                members.stream().map(member -> member.modelId()).distinct().count(),
                members.stream().filter(Member::deleted).count(),
                members.stream().filter(Member::undeclared).count(),
                family.truncated(),
                byDepth(family),
                counts(members, Member::registry),
                counts(members, member -> teams.get(member.modelId())),
                counts(members, member -> member.through().relation()),
                alerts(handle, modelId, States.COLUMNS, States::of),
                alerts(handle, modelId, Severities.COLUMNS, Severities::of),
                AlertGroups.most(handle, () -> new Conditions().is("alert.base_model_id", modelId), MOST_GROUPS),
                QuarantineQueries.ofModel(handle, modelId));
    }

    private record Named(
            @Nullable String licence,
            @Nullable String family,
            @Nullable String publisher) {}

    private static Named named(Handle handle, String modelId) {
        return handle.createQuery("""
            SELECT coalesce(
                    (SELECT licence FROM model_version
                     WHERE model_id = :id AND licence IS NOT NULL ORDER BY received_at DESC LIMIT 1),
                    (SELECT base_licence FROM match
                     WHERE base_model_id = :id AND base_licence IS NOT NULL LIMIT 1)) AS licence,
                (SELECT base_family FROM alert
                 WHERE base_model_id = :id ORDER BY updated_at DESC LIMIT 1) AS family,
                (SELECT base_publisher FROM alert
                 WHERE base_model_id = :id ORDER BY updated_at DESC LIMIT 1) AS publisher\
            """)
                .bind("id", modelId)
                .map((set, context) ->
                        new Named(set.getString("licence"), set.getString("family"), set.getString("publisher")))
                .one();
    }

    private static List<ModelVersionView> latest(Handle handle, String modelId) {
        return handle.createQuery(
                        "SELECT " + ModelVersionView.COLUMNS + "\nFROM model_version " + ModelVersionView.JOINS
                                + "\nWHERE model_version.model_id = :id ORDER BY model_version.received_at DESC LIMIT "
                                + MOST_VERSIONS)
                .bind("id", modelId)
                .map((set, context) -> ModelVersionView.of(new Row(set)))
                .list();
    }

    private static List<DepthCount> byDepth(ProvenFamily family) {
        Map<Integer, Long> counts = family.members().stream()
                .collect(Collectors.groupingBy(Member::depth, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> new DepthCount(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static <T> List<Facet.Count> counts(Collection<T> all, Function<T, @Nullable String> value) {
        return all.stream()
                .collect(Collectors.groupingBy(
                        each -> Objects.requireNonNullElse(value.apply(each), ""), Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> new Facet.Count(entry.getKey().isEmpty() ? null : entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Facet.Count::count)
                        .reversed()
                        .thenComparing(count -> Objects.requireNonNullElse(count.value(), "")))
                .limit(MOST_COUNTS)
                .toList();
    }

    private static <V> V alerts(Handle handle, String modelId, String columns, Keyset.Mapper<V> mapper) {
        return handle.createQuery("SELECT " + columns + "\nFROM alert WHERE base_model_id = :id")
                .bind("id", modelId)
                .map((set, context) -> mapper.map(new Row(set)))
                .one();
    }
}
