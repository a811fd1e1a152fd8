package dev.forebear.alerts.readmodel;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Models around one, and the proven matches among them: direct steps, and of others those without which somebody would
 * stand alone.
 *
 * @param nodes the model itself first, then the nearest
 * @param edges in no order
 * @param truncated whether there is more: too far away or too many
 */
public record LineageGraph(List<Node> nodes, List<Edge> edges, boolean truncated) {

    public LineageGraph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /** Which way from the model. */
    public enum Direction {
        ANCESTORS,
        DESCENDANTS,
        BOTH
    }

    /**
     * A model version.
     *
     * @param depth steps from the model that was asked for: 0 for itself, negative for ancestors
     * @param progress null for one that is known from reports on others only
     * @param openAlerts alerts on any version of the model that are not resolved
     * @param worstRank {@code severity_rank} of the most severe of them; null when there is none
     */
    public record Node(
            String id,
            String modelId,
            int depth,
            @Nullable String licence,
            @Nullable String progress,
            @Nullable String visibility,
            @Nullable Instant receivedAt,
            @Nullable Instant deletedAt,
            boolean undeclared,
            int openAlerts,
            @Nullable Integer worstRank) {}

    /**
     * One was made from the other.
     *
     * @param direct whether in one step, as far as the weights tell; otherwise others stand between
     */
    public record Edge(
            String derivedId,
            String baseId,
            boolean direct,
            boolean declared,
            String verdict,
            @Nullable String relation,
            @Nullable Double mergeWeight,
            double log10EValue) {

        /** The end that is further from the model that was asked for; the derived one of two that are as far. */
        public String outer(Map<String, Integer> depths) {
            int derived = Math.abs(depths.getOrDefault(derivedId, 0));
            int base = Math.abs(depths.getOrDefault(baseId, 0));
            return derived >= base ? derivedId : baseId;
        }
    }
}
