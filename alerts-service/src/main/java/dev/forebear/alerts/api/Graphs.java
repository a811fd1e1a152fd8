package dev.forebear.alerts.api;

import dev.forebear.alerts.api.GraphView.Node;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.ModelVersionId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Lineage graphs around a model version. */
final class Graphs {

    static final String BOTH = "both";

    static final List<String> DIRECTIONS = List.of("ancestors", "descendants", BOTH);

    static final int DEFAULT_DEPTH = 10;
    static final int MAX_DEPTH = 50;
    static final int DEFAULT_NODES = 1_000;
    static final int MAX_NODES = 5_000;

    private static final String FACTS =
            """
            SELECT model_version.id, model_version.model_id, model_version.registry, model_version.licence,
                model_version.parameters, model_version.deleted_at IS NOT NULL AS deleted,
                (SELECT count(*) FROM alert
                 WHERE alert.derived_model_id = model_version.model_id AND alert.state <> 'resolved') AS alerts,
                (SELECT max(alert.severity_rank) FROM alert
                 WHERE alert.derived_model_id = model_version.model_id AND alert.state <> 'resolved') AS alerts_rank
            FROM json_each(:ids) AS asked JOIN model_version ON model_version.id = asked.value""";

    private final ReadModel model;
    private final Families families;

    Graphs(ReadModel model, Families families) {
        this.model = model;
        this.families = families;
    }

    /** @param most how many nodes at most; the nearest are kept */
    GraphView of(String asked, String direction, int depth, int most) {
        return model.queries().withHandle(handle -> {
            String root = ModelIds.version(handle, asked);
            List<Kin> kin = new ArrayList<>();
            Map<String, Integer> depths = new LinkedHashMap<>(Map.of(root, 0));
            boolean truncated = false;
            for (Kin.Way way : ways(direction)) {
                Kin family = families.of(handle, List.of(root), way);
                kin.add(family);
                List<Kin.Relative> near = family.relatives().stream()
                        .filter(relative -> relative.depth() <= depth)
                        .limit(most - depths.size())
                        .toList();
                near.forEach(relative -> depths.putIfAbsent(
                        relative.id(), way == Kin.Way.ANCESTORS ? relative.depth() : -relative.depth()));
                truncated |= family.truncated() || near.size() < family.relatives().size();
            }
            return new GraphView(root, nodes(handle, depths), edges(kin, depths.keySet()), truncated);
        });
    }

    private static List<Kin.Way> ways(String direction) {
        return switch (direction) {
            case "ancestors" -> List.of(Kin.Way.ANCESTORS);
            case "descendants" -> List.of(Kin.Way.DESCENDANTS);
            default -> List.of(Kin.Way.ANCESTORS, Kin.Way.DESCENDANTS);
        };
    }

    private static List<Step.View> edges(List<Kin> kin, Set<String> shown) {
        Set<List<String>> seen = new HashSet<>();
        return kin.stream()
                .flatMap(family -> Stream.concat(
                        family.direct().stream(), family.relatives().stream().map(Kin.Relative::through)))
                .filter(step -> shown.contains(step.derived()) && shown.contains(step.base()))
                .filter(step -> seen.add(List.of(step.derived(), step.base())))
                .map(Step::view)
                .toList();
    }

    private static List<Node> nodes(Handle handle, Map<String, Integer> depths) {
        Map<String, Node> known = new LinkedHashMap<>();
        handle.createQuery(FACTS)
                .bind("ids", Json.array(depths.keySet()))
                .map((set, context) -> {
                    var row = new Row(set);
                    Long rank = row.numberOrNull("alerts_rank");
                    return new Node(
                            row.text("id"),
                            row.text("model_id"),
                            row.text("registry"),
                            depths.getOrDefault(row.text("id"), 0),
                            true,
                            row.textOrNull("licence"),
                            row.numberOrNull("parameters"),
                            row.flag("deleted"),
                            row.small("alerts"),
                            rank == null ? null : Severities.word(rank.intValue()));
                })
                .forEach(node -> known.put(node.id(), node));
        return depths.keySet().stream()
                .map(id -> orUnknown(known.get(id), id, depths.getOrDefault(id, 0)))
                .toList();
    }

    private static Node orUnknown(@Nullable Node known, String id, int depth) {
        if (known != null) {
            return known;
        }
        ModelVersionId parsed = ModelVersionId.parse(id);
        return new Node(id, parsed.modelId(), parsed.registry(), depth, false, null, null, false, 0, null);
    }
}
