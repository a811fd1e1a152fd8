package dev.forebear.checkpoint.safetensors;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.storage.Storage;
import java.io.IOException;
import java.util.List;

/** Tensors of the safetensors files of a checkpoint. */
public final class SafetensorsFormat {

    private SafetensorsFormat() {}

    public static List<Tensor> tensors(Storage storage) throws IOException {
        throw new CheckpointException(
                CheckpointException.Reason.MISSING, storage.location(), "expected *.safetensors, found none");
    }
}
