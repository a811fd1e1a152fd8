package dev.forebear.alerts.api;

import dev.forebear.schemas.wire.NotAnalysed;
import org.jspecify.annotations.Nullable;

/** Why a model was not analysed. */
record NotAnalysedView(String reason, String message) {

    static @Nullable NotAnalysedView of(@Nullable NotAnalysed notAnalysed) {
        return notAnalysed == null ? null : new NotAnalysedView(notAnalysed.getReason(), notAnalysed.getMessage());
    }

    static NotAnalysedView of(String reason, @Nullable String message) {
        return new NotAnalysedView(reason, message == null ? "" : message);
    }
}
