package dev.forebear.signals.peer;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.ModelConfig;
import dev.forebear.signals.ModelShape;

/** The dimensions that the architecture screening compares, as config.json says them. */
public record Dimensions(String modelType, int hiddenSize, int layers, int vocabularySize) {

    public static Dimensions of(ModelShape shape) {
        return new Dimensions(shape.modelType(), shape.hiddenSize(), shape.layers(), shape.vocabularySize());
    }

    static Dimensions of(ModelConfig config) throws CheckpointException {
        return new Dimensions(config.modelType(), config.hiddenSize(), config.layers(), config.vocabularySize());
    }
}
