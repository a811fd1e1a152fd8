package dev.forebear.alerts.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lineage graph.
 *
 * @param truncated whether more is known than was answered
 */
record GraphView(String root, List<Node> nodes, List<Step.View> edges, boolean truncated) {

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
            @Nullable Long parameters,
            boolean deleted,
            int alerts,
            @Nullable String severity) {}
}
