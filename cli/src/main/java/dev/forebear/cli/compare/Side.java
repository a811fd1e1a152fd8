package dev.forebear.cli.compare;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.cli.checkpoint.Checkpoints;
import dev.forebear.signals.ModelShape;
import java.io.IOException;

/**
 * One of the two checkpoints.
 *
 * @param name last part of the location
 * @param bytes of all tensors
 */
record Side(String location, String name, ModelShape shape, long parameters, long bytes) {

    static Side of(Checkpoint checkpoint) throws IOException {
        return new Side(
                checkpoint.location(),
                Checkpoints.name(checkpoint.location()),
                ModelShape.of(checkpoint),
                checkpoint.weights().stream().mapToLong(Tensor::elements).sum(),
                checkpoint.tensors().stream().mapToLong(Tensor::bytes).sum());
    }

    /** A name that differs from that of the other side. */
    String nameBeside(Side other) {
        return name.equals(other.name) ? location : name;
    }
}
