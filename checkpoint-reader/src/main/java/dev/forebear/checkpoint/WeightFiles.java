package dev.forebear.checkpoint;

import dev.forebear.checkpoint.gguf.GgufModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the weight files of a checkpoint hold.
 *
 * @param tensors as they are stored, sorted by name
 * @param whole the model, where the format brings configuration and vocabulary along; null where those are files of
 *     their own
 */
record WeightFiles(List<Tensor> tensors, @Nullable GgufModel whole) {

    WeightFiles {
        tensors = List.copyOf(tensors);
    }

    static WeightFiles of(List<Tensor> tensors) {
        return new WeightFiles(tensors, null);
    }

    static WeightFiles of(GgufModel whole) {
        return new WeightFiles(whole.tensors(), whole);
    }
}
