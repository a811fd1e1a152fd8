package dev.forebear.signals.weights;

import dev.forebear.signals.weights.ModelWeights.Unit;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Rows of projections that were read. */
final class RowCache {

    private final Map<Key, KeptRows> rows = new HashMap<>();

    private record Key(int owner, Projection projection) {}

    double[][] get(Unit unit, Projection projection, KeptRows.Reading reading) throws IOException {
        int owner = projection.isOfMlp() ? unit.index() : unit.layer().index();
        return rows.computeIfAbsent(new Key(owner, projection), key -> new KeptRows())
                .get(reading);
    }
}
