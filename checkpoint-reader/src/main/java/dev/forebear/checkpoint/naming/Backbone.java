package dev.forebear.checkpoint.naming;

import dev.forebear.checkpoint.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of a checkpoint, seen from where its backbone lies.
 *
 * @param tensors all, by full name
 * @param prefix what stands before every name of the backbone, such as "model."
 */
record Backbone(Map<String, Tensor> tensors, String prefix) {

    @Nullable
    Tensor find(String name) {
        return tensors.get(prefix + name);
    }

    /** The first of several weights that is present. */
    @Nullable
    Tensor findWeight(String block, List<String> names) {
        for (String name : names) {
            Tensor tensor = find(block + name + ".weight");
            if (tensor != null) {
                return tensor;
            }
        }
        return null;
    }

    /** A tensor outside the backbone: below any of the prefixes that enclose it. */
    @Nullable
    Tensor findAround(String name) {
        String around = prefix;
        while (!around.isEmpty()) {
            around = around.substring(0, around.lastIndexOf('.', around.length() - 2) + 1);
            Tensor tensor = tensors.get(around + name);
            if (tensor != null) {
                return tensor;
            }
        }
        return tensors.get(name);
    }

    boolean hasAny(String prefixOfNames) {
        String from = prefix + prefixOfNames;
        return tensors.keySet().stream().anyMatch(name -> name.startsWith(from));
    }
}
