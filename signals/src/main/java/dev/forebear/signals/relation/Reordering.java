package dev.forebear.signals.relation;

import dev.forebear.signals.relation.RelatedPair.UnitPair;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the rows of some projections are those of the base in another order, while others are still in place: neurons
 * or heads were reordered, which changes no output. Of a large model the sampled rows of one layer are sought among all
 * rows of the layer that it came from.
 */
final class Reordering {

    /** A projection whose cosine is smaller is not in place. */
    private static final double OUT_OF_PLACE = 0.3;

    /** A row is found again at this cosine; the best of some thousand independent rows of 64 values reach .6. */
    private static final double FOUND = 0.8;

    private static final double SHARE = 0.5;

    private Reordering() {}

    /** The rule on models of which a part was reordered. */
    static Optional<Named> of(RelatedPair pair) throws IOException {
        for (Projection projection : List.of(Projection.UP, Projection.VALUE)) {
            if (outOfPlace(pair, projection) && foundElsewhere(pair, projection)) {
                return Optional.of(new Named(
                        RelationKind.LAUNDERED, projection == Projection.UP ? "neurons reordered" : "heads reordered"));
            }
        }
        return Optional.empty();
    }

    private static boolean outOfPlace(RelatedPair pair, Projection projection) throws IOException {
        List<TensorChange> changes = pair.changes().entrySet().stream()
                .filter(entry -> entry.getKey().projection() == projection)
                .map(Map.Entry::getValue)
                .toList();
        return !changes.isEmpty() && TensorChange.sum(changes).similarity() < OUT_OF_PLACE;
    }

    private static boolean foundElsewhere(RelatedPair pair, Projection projection) throws IOException {
        UnitPair units = pair.units().getFirst();
        double[][] base = pair.base().all(units.base(), projection);
        double[][] derived = pair.derived().folded(units.derived(), projection);
        int found = 0;
        for (double[] row : derived) {
            double best = 0;
            for (double[] other : base) {
                best = Math.max(best, Math.abs(Rows.cosine(row, other)));
            }
            found += best >= FOUND ? 1 : 0;
        }
        return found >= SHARE * derived.length;
    }
}
