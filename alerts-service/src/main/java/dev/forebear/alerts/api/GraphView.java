package dev.forebear.alerts.api;

import dev.forebear.alerts.policy.Chance;
import dev.forebear.alerts.readmodel.LineageGraph;
import dev.forebear.schemas.ModelVersionId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lineage graph.
 *
 * @param truncated whether more is known than was answered
 */
record GraphView(String root, List<Node> nodes, List<Edge> edges, boolean truncated) {

    /**
     * A model version in a graph.
     *
     * @param depth steps from the root: above 0 for ancestors, below 0 for descendants
     * @param known whether anything but the match is known of it
     * @param alerts alerts on the model that are not resolved
     * @param severity of the most severe of them
     */
    record Node(
            String id,
            String modelId,
            String registry,
            int depth,
            boolean known,
            @Nullable String licence,
            @Nullable String progress,
            @Nullable String visibility,
            @Nullable String receivedAt,
            boolean deleted,
            boolean undeclared,
            int alerts,
            @Nullable String severity) {

        private static Node of(LineageGraph.Node node) {
            return new Node(
                    node.id(),
                    node.modelId(),
                    ModelVersionId.parse(node.id()).registry(),
                    -node.depth(),
                    node.progress() != null,
                    node.licence(),
                    node.progress(),
                    node.visibility(),
                    Json.time(node.receivedAt()),
                    node.deletedAt() != null,
                    node.undeclared(),
                    node.openAlerts(),
                    node.worstRank() == null ? null : Severities.word(node.worstRank()));
        }
    }

    /**
     * A proven step from a model to what it was made from.
     *
     * @param parent whether in one step, as far as the weights tell
     */
    record Edge(
            String derived,
            String base,
            String verdict,
            boolean parent,
            boolean declared,
            @Nullable String kind,
            @Nullable Double mergeWeight,
            @Nullable Double log10EValue,
            String chance) {

        private static Edge of(LineageGraph.Edge edge) {
            return new Edge(
                    edge.derivedId(),
                    edge.baseId(),
                    edge.verdict(),
                    edge.direct(),
                    edge.declared(),
                    edge.relation(),
                    edge.mergeWeight(),
                    Json.number(edge.log10EValue()),
                    Chance.words(edge.log10EValue()));
        }
    }

    /** What a picture needs: direct steps, and of others only those without which somebody would stand alone. */
    static GraphView of(String root, LineageGraph graph) {
        Map<String, Integer> depths = new HashMap<>();
        graph.nodes().forEach(node -> depths.put(node.id(), node.depth()));
        Set<String> reached = new HashSet<>();
        graph.edges().stream().filter(LineageGraph.Edge::direct).forEach(edge -> reached.add(edge.outer(depths)));
        return new GraphView(
                root,
                graph.nodes().stream().map(Node::of).toList(),
                graph.edges().stream()
                        .filter(edge -> edge.direct() || !reached.contains(edge.outer(depths)))
                        .map(Edge::of)
                        .toList(),
                graph.truncated());
    }
}
