package dev.forebear.alerts.api;

import dev.forebear.alerts.readmodel.LineageGraph;
import dev.forebear.alerts.readmodel.LineageGraph.Edge;
import dev.forebear.alerts.readmodel.LineageGraph.Node;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * Those who descend from a model.
 *
 * @param members the nearest first, then by id
 * @param truncated whether there are more, which were not looked for
 */
record Family(List<Member> members, boolean truncated) {

    /**
     * A model version that descends from it.
     *
     * @param through the step by which it does
     */
    record Member(Node node, Edge through) {

        String id() {
            return node.id();
        }

        int depth() {
            return node.depth();
        }
    }

    Family {
        members = List.copyOf(members);
    }

    /** @param graph around the model, descendants only */
    static Family of(LineageGraph graph) {
        Map<String, Integer> depths = new HashMap<>();
        graph.nodes().forEach(node -> depths.put(node.id(), node.depth()));
        Map<String, Edge> through = new HashMap<>();
        // A direct step goes before one that leaves out somebody, and a near one before a far one.
        Comparator<Edge> order = Comparator.comparing(Edge::direct)
                .thenComparing(edge -> depths.getOrDefault(edge.baseId(), 0))
                .thenComparing(Edge::baseId);
        graph.edges().stream()
                .filter(edge -> depths.getOrDefault(edge.baseId(), 0) < depths.getOrDefault(edge.derivedId(), 0))
                .forEach(edge -> through.merge(edge.derivedId(), edge, BinaryOperator.maxBy(order)));
        List<Member> members = graph.nodes().stream()
                .filter(node -> node.depth() > 0 && through.containsKey(node.id()))
                .map(node -> new Member(
                        node, through.getOrDefault(node.id(), graph.edges().getFirst())))
                .sorted(Comparator.comparingInt(Member::depth).thenComparing(Member::id))
                .toList();
        return new Family(members, graph.truncated());
    }
}
