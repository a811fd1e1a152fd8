package dev.forebear.alerts.readmodel;

import dev.forebear.alerts.readmodel.FamilyTree.Declaration;
import dev.forebear.schemas.ModelReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Who declares whom, whatever the weights say. A declaration means a model, not a version; without an organisation it
 * means every model of that name. Not thread-safe: texts that were read are kept.
 */
final class DeclaredEdges {

    /** Names of which anybody declares the last segment, and models of which no name is known. */
    private static final String NAMES = """
        SELECT n.segment, n.registry, n.name, j.value
        FROM json_each(:models) j LEFT JOIN model_name n ON n.model_id = j.value
        WHERE n.model_id IS NULL OR EXISTS (SELECT 1 FROM declared_name d WHERE d.segment = n.segment)
        """;

    private static final String NAMED = """
        SELECT n.segment, n.registry, n.name, n.model_id
        FROM json_each(:segments) j CROSS JOIN model_name n ON n.segment = j.value
        """;
    private static final String COLUMNS = """
        d.derived_id, d.name, d.relation, d.source, d.strength,
            EXISTS (SELECT 1 FROM match m
                WHERE m.derived_id = d.derived_id AND m.base_id = d.base_id AND m.proven = 1
                    AND m.basis <> 'declared') AS proven
        """;
    private static final String BY_SEGMENT = """
        SELECT dn.segment, %s
        FROM json_each(:segments) j CROSS JOIN declared_name dn ON dn.segment = j.value
            CROSS JOIN declaration d ON d.derived_id = dn.derived_id AND d.place = dn.place
        """.formatted(COLUMNS);
    private static final String BY_DERIVED = """
        SELECT '' AS segment, %s
        FROM json_each(:ids) j CROSS JOIN declaration d ON d.derived_id = j.value
        """.formatted(COLUMNS);

    private final Handle handle;
    private final Map<String, ModelReference> references = new HashMap<>();

    DeclaredEdges(Handle handle) {
        this.handle = handle;
    }

    /**
     * One declaration and one model that it means.
     *
     * @param baseModelId null when it means no model that is known
     * @param proven whether the weights prove the model that the declaration means first
     */
    record Edge(String derivedId, @Nullable String baseModelId, Declaration declaration, boolean proven) {}

    private record Name(String segment, String registry, String name, String modelId) {}

    private record Declared(String segment, String derivedId, Declaration declaration, boolean proven) {}

    /** Declarations that mean these models, but for those of their own versions. */
    List<Edge> ofBases(Collection<String> modelIds) {
        Map<String, List<Name>> names = bySegment(names(
                NAMES,
                "models",
                modelIds.stream().filter(id -> id.indexOf('/') > 0).toList()));
        Set<Edge> edges = new HashSet<>();
        for (Declared declared : declared(BY_SEGMENT, "segments", names.keySet())) {
            names.getOrDefault(declared.segment, List.of()).stream()
                    .filter(name -> isMeant(declared, name))
                    .map(name -> new Edge(declared.derivedId, name.modelId, declared.declaration, declared.proven))
                    .forEach(edges::add);
        }
        return List.copyOf(edges);
    }

    /** What these model versions declare. */
    List<Edge> ofDerived(Collection<String> ids) {
        List<Declared> all = declared(BY_DERIVED, "ids", ids);
        Set<String> segments = new HashSet<>();
        all.forEach(declared -> segments.addAll(reference(declared).segments()));
        Map<String, List<Name>> names = bySegment(names(NAMED, "segments", segments));
        List<Edge> edges = new ArrayList<>();
        for (Declared declared : all) {
            Set<String> meant = new HashSet<>();
            reference(declared).segments().stream()
                    .flatMap(segment -> names.getOrDefault(segment, List.of()).stream())
                    .filter(name -> isMeant(declared, name))
                    .forEach(name -> meant.add(name.modelId));
            meant.forEach(base -> edges.add(new Edge(declared.derivedId, base, declared.declaration, declared.proven)));
            if (meant.isEmpty() && !isItself(declared)) {
                edges.add(new Edge(declared.derivedId, null, declared.declaration, false));
            }
        }
        return edges;
    }

    private boolean isMeant(Declared declared, Name name) {
        return !declared.derivedId.startsWith(name.modelId + "@")
                && reference(declared).means(name.registry, name.name);
    }

    private boolean isItself(Declared declared) {
        String id = declared.derivedId;
        int slash = id.indexOf('/');
        return reference(declared).means(id.substring(0, slash), id.substring(slash + 1, id.lastIndexOf('@')));
    }

    private ModelReference reference(Declared declared) {
        return references.computeIfAbsent(declared.declaration.name(), ModelReference::of);
    }

    private static Map<String, List<Name>> bySegment(List<Name> names) {
        Map<String, List<Name>> bySegment = new HashMap<>();
        names.forEach(name -> bySegment
                .computeIfAbsent(name.segment, none -> new ArrayList<>())
                .add(name));
        return bySegment;
    }

    /** The name of a model that is known by what descends from it alone, or not at all. */
    private static Name itself(String modelId) {
        int slash = modelId.indexOf('/');
        String name = modelId.substring(slash + 1);
        return new Name(ModelReference.lastSegment(name), modelId.substring(0, slash), name, modelId);
    }

    private List<Name> names(String sql, String parameter, Collection<String> values) {
        return handle.createQuery(sql)
                .bind(parameter, JsonArray.of(values))
                .map((row, context) -> row.getString(1) == null
                        ? itself(row.getString(4))
                        : new Name(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .list();
    }

    private List<Declared> declared(String sql, String parameter, Collection<String> values) {
        return handle.createQuery(sql)
                .bind(parameter, JsonArray.of(values))
                .map((row, context) -> new Declared(
                        row.getString("segment"),
                        row.getString("derived_id"),
                        new Declaration(
                                row.getString("name"),
                                row.getString("relation"),
                                row.getString("source"),
                                row.getString("strength")),
                        row.getBoolean("proven")))
                .list();
    }
}
