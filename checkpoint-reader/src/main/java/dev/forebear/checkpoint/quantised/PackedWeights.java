package dev.forebear.checkpoint.quantised;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.StoredTensor;
import dev.forebear.checkpoint.Tensor;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts together what quantisation took apart: wherever the parts of a packed weight lie, the weight that they stand for
 * takes their place, under the name that it has in a plain checkpoint. The tensors decide, by their names, dtypes and
 * shapes; of the configuration only what they do not tell is taken.
 */
public final class PackedWeights {

    private final Map<String, StoredTensor> stored = new HashMap<>();
    private final Map<String, Tensor> weights = new TreeMap<>();
    private final Set<String> parts = new HashSet<>();
    private final JsonNode settings;

    private PackedWeights(List<Tensor> tensors, JsonNode settings) {
        this.settings = settings;
        for (Tensor tensor : tensors) {
            if (tensor instanceof StoredTensor here) {
                stored.put(tensor.name(), here);
            }
        }
    }

    /**
     * Sorted by name; tensors that are no parts of a layout known here stay as they are. Reads at most the little that
     * some layouts say about themselves in tensors.
     *
     * @param settings quantization_config, or a missing node
     * @throws CheckpointException MALFORMED when parts do not fit together
     */
    public static List<Tensor> unpacked(List<Tensor> tensors, JsonNode settings) throws IOException {
        return new PackedWeights(tensors, settings).unpacked(tensors);
    }

    private List<Tensor> unpacked(List<Tensor> tensors) throws IOException {
        for (Tensor tensor : tensors) {
            for (PackedLayout layout : PackedLayout.values()) {
                if (tensor.name().endsWith(layout.marker())) {
                    String name = tensor.name();
                    unpack(
                            layout,
                            name.substring(0, name.length() - layout.marker().length()));
                }
            }
        }
        for (Tensor tensor : tensors) {
            if (!parts.contains(tensor.name())) {
                add(tensor);
            }
        }
        return List.copyOf(weights.values());
    }

    private void unpack(PackedLayout layout, String stem) throws IOException {
        var found = new Parts(stored, stem);
        if (!layout.isIn(found)) {
            return;
        }
        for (Tensor weight : layout.weights(stem, found, settings)) {
            add(weight);
            parts.addAll(found.taken());
        }
    }

    private void add(Tensor weight) throws CheckpointException {
        Tensor other = weights.put(weight.name(), weight);
        if (other != null) {
            throw Parts.malformed(weight, "expected plain or packed, found both");
        }
    }
}
