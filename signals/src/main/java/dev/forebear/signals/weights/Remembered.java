package dev.forebear.signals.weights;

import dev.forebear.signals.weights.ModelWeights.Computation;
import dev.forebear.signals.weights.ModelWeights.Key;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was read or computed once, given up when memory runs short. */
final class Remembered {

    private final Map<Key<?>, SoftReference<?>> values = new HashMap<>();

    @SuppressWarnings("unchecked") // A value is put in under a key of its type, here alone.
    <T> T get(Key<T> key, Computation<T> computation) throws IOException {
        SoftReference<?> reference = values.get(key);
        @Nullable T found = reference == null ? null : (T) reference.get();
        if (found == null) {
            found = computation.compute();
            values.put(key, new SoftReference<>(found));
        }
        return found;
    }
}
