package dev.forebear.alerts.api;

import dev.forebear.schemas.wire.ModelShape;
import org.jspecify.annotations.Nullable;

/** Dimensions of a model. */
record ShapeView(String modelType, int hiddenSize, int layers, int vocabularySize, String dtype) {

    static @Nullable ShapeView of(@Nullable ModelShape shape) {
        return shape == null
                ? null
                : new ShapeView(
                        shape.getModelType(),
                        shape.getHiddenSize(),
                        shape.getLayers(),
                        shape.getVocabularySize(),
                        shape.getDtype());
    }
}
