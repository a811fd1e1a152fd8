package dev.forebear.signals.weights;

import dev.forebear.signals.weights.ModelWeights.Unit;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;

/** Rows that were read, given up when memory runs short. */
final class RowCache {

    private final Map<Key, SoftReference<double[][]>> rows = new HashMap<>();

    private record Key(int owner, Projection projection) {}

    interface Reading {
        double[][] read() throws IOException;
    }

    double[][] get(Unit unit, Projection projection, Reading reading) throws IOException {
        Key key = new Key(projection.isOfMlp() ? unit.index() : unit.layer().index(), projection);
        SoftReference<double[][]> kept = rows.get(key);
        double[][] found = kept == null ? null : kept.get();
        if (found == null) {
            found = reading.read();
            rows.put(key, new SoftReference<>(found));
        }
        return found;
    }
}
