package dev.forebear.checkpoint.naming;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.ModelConfig;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.Transformer;
import java.io.IOException;
import java.util.List;

/** Assigns roles to tensors. */
public final class Roles {

    private Roles() {}

    public static Transformer assign(String location, ModelConfig config, List<Tensor> tensors) throws IOException {
        throw new CheckpointException(
                CheckpointException.Reason.UNSUPPORTED, location, "names of tensors are not recognised");
    }
}
