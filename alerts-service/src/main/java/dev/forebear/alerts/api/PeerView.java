package dev.forebear.alerts.api;

import dev.forebear.schemas.wire.PeerSimilarity;
import org.jspecify.annotations.Nullable;

/** A peer signal; it decides nothing. */
record PeerView(String signal, @Nullable Double similarity) {

    static PeerView of(PeerSimilarity similarity) {
        Double value = similarity.getSimilarity();
        return new PeerView(similarity.getSignal(), value == null ? null : Json.number(value));
    }
}
