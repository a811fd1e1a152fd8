package dev.forebear.alerts.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a model is quarantined, or descends from one that is.
 *
 * @param kind what of it
 * @param ancestor the quarantined model, or of a quarantined model a version
 * @param declared how the last step is declared, for example {@code "quarry-ai/basalt-7b" (model-card)}; null where it
 *     is not
 * @param reason why it is quarantined
 * @param by who said so
 */
public record Taint(Kind kind, Ancestor ancestor, @Nullable String declared, String reason, String by, Instant at) {

    /** How a model is touched by a quarantine, the worst first. */
    public enum Kind {
        /** It is the quarantined model. */
        ITSELF,
        /** It has the weights of the quarantined model. */
        COPY,
        /** The weights prove every step to it. */
        PROVEN,
        /** Only declarations lead to it. */
        DECLARED
    }
}
