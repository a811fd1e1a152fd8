package dev.forebear.checkpoint.adapter;

import dev.forebear.checkpoint.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a base, found by the names that an adapter has for them. An adapter goes by the model that it was
 * trained in, a checkpoint often holds only the backbone of it, or a model that it is part of: one name may have a
 * beginning more than the other.
 */
final class TensorsOfBase {

    /** Segments that one name may have before the other: checkpoints begin with model.language_model. at most. */
    private static final int BEGINNING_LIMIT = 3;

    private final Map<String, Tensor> byName = new HashMap<>();
    private final Map<String, Tensor> byEnd = new HashMap<>();
    private final Set<String> ambiguous = new HashSet<>();

    TensorsOfBase(List<Tensor> weights) {
        for (Tensor weight : weights) {
            byName.put(weight.name(), weight);
            int dot = weight.name().indexOf('.');
            for (int segment = 0; segment < BEGINNING_LIMIT && dot >= 0; segment++) {
                String end = weight.name().substring(dot + 1);
                if (byEnd.putIfAbsent(end, weight) != null) {
                    ambiguous.add(end);
                }
                dot = weight.name().indexOf('.', dot + 1);
            }
        }
    }

    /** Null when there is none, or it is not clear which. */
    @Nullable
    Tensor find(String name) {
        Tensor found = byName.get(name);
        int dot = name.indexOf('.');
        for (int segment = 0; segment < BEGINNING_LIMIT && found == null && dot >= 0; segment++) {
            found = byName.get(name.substring(dot + 1));
            dot = name.indexOf('.', dot + 1);
        }
        return found != null || ambiguous.contains(name) ? found : byEnd.get(name);
    }
}
