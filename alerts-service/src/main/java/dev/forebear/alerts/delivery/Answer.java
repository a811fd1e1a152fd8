package dev.forebear.alerts.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a channel took a message. Details are one line without secrets. */
public sealed interface Answer {

    /** HTTP status or SMTP reply; null when there was none. */
    @Nullable
    Integer status();

    /** What else it said; null for nothing. */
    @Nullable
    String detail();

    /**
     * It took the message.
     *
     * @param reference what the channel calls the message, by which it is answered or changed later; null when it
     *     cannot be
     */
    record Accepted(
            @Nullable Integer status,
            @Nullable String detail,
            @Nullable String reference) implements Answer {}

    /**
     * Not now; trying again may help.
     *
     * @param retryAfter what it asked for; null when it did not
     */
    record Postponed(
            @Nullable Integer status,
            String detail,
            @Nullable Duration retryAfter) implements Answer {}

    /** Never this message; trying again cannot help. */
    record Refused(@Nullable Integer status, String detail) implements Answer {}

    /** Never anything any more: the channel asked not to be told, until somebody starts the service again. */
    record Gone(@Nullable Integer status, String detail) implements Answer {}
}
