package dev.forebear.checkpoint;

import dev.forebear.checkpoint.adapter.Adapter;
import dev.forebear.checkpoint.gguf.GgufModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the weight files of a checkpoint hold.
 *
 * @param tensors as they are stored, sorted by name
 * @param whole the model, where the format brings configuration and vocabulary along; null where those are files of
 *     their own
 * @param adapter the adapter that the tensors are; null where they are a model
 */
record WeightFiles(
        List<Tensor> tensors,
        @Nullable GgufModel whole,
        @Nullable Adapter adapter) {

    WeightFiles {
        tensors = List.copyOf(tensors);
    }

    static WeightFiles of(List<Tensor> tensors) {
        return new WeightFiles(tensors, null, null);
    }

    static WeightFiles of(GgufModel whole) {
        return new WeightFiles(whole.tensors(), whole, null);
    }

    static WeightFiles of(Adapter adapter) {
        return new WeightFiles(adapter.tensors(), null, adapter);
    }
}
