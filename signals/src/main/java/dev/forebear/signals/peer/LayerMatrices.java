package dev.forebear.signals.peer;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tensors of two or more dimensions of each block, as the peer groups them: by the number in their names. */
final class LayerMatrices {

    private LayerMatrices() {}

    /**
     * By block, in the order of names. Empty when weights are packed in a layout that is not read: their stored numbers
     * are codes, and comparing codes with weights means nothing.
     */
    static SortedMap<Integer, List<Tensor>> of(List<Tensor> tensors) {
        SortedMap<Integer, List<Tensor>> layers = new TreeMap<>();
        for (Tensor tensor : tensors) {
            var layer = TensorNames.layer(tensor.name());
            if (layer.isEmpty() || tensor.shape().size() < 2 || tensor.elements() == 0) {
                continue;
            }
            if (isPacked(tensor)) {
                return new TreeMap<>();
            }
            layers.computeIfAbsent(layer.getAsInt(), index -> new ArrayList<>()).add(tensor);
        }
        return layers;
    }

    // Older checkpoints store the causal mask of attention, named bias, as booleans or bytes.
    private static boolean isPacked(Tensor tensor) {
        boolean mask = tensor.dtype() == Dtype.BOOL || tensor.name().endsWith(".bias");
        return !tensor.dtype().isPlainFloat() && !mask;
    }
}
