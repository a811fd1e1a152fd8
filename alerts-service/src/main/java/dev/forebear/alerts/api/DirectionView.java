package dev.forebear.alerts.api;

import dev.forebear.schemas.wire.LineageDirection;
import org.jspecify.annotations.Nullable;

/** Which of two models came first, by their weights alone. */
record DirectionView(String certainty, boolean contradictsUploads, String reason) {

    static @Nullable DirectionView of(@Nullable LineageDirection direction) {
        return direction == null
                ? null
                : new DirectionView(
                        Json.word(direction.getCertainty()), direction.getContradictsUploads(), direction.getReason());
    }
}
