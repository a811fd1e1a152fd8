package dev.forebear.alerts.projection;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Portraits of the models that were fingerprinted or looked at last; the others are given up. Not thread-safe. */
final class Portraits {

    /** Some 10 MB. */
    static final int MOST = 4_096;

    private final Map<String, Portrait> kept = new LinkedHashMap<>(16, 0.75f, true);

    void put(String modelVersionId, @Nullable Portrait portrait) {
        if (portrait == null) {
            kept.remove(modelVersionId);
            return;
        }
        kept.put(modelVersionId, portrait);
        if (kept.size() > MOST) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    @Nullable
    Portrait get(String modelVersionId) {
        return kept.get(modelVersionId);
    }
}
