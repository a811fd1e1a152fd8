package dev.forebear.alerts.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a channel took a message. */
sealed interface Answer {

    /**
     * It took the message.
     *
     * @param detail what else it said, one line without secrets; null for nothing
     */
    record Accepted(@Nullable String detail) implements Answer {}

    /**
     * Not now; trying again may help.
     *
     * @param detail one line without secrets
     * @param retryAfter what it asked for; null when it did not
     */
    record Postponed(String detail, @Nullable Duration retryAfter) implements Answer {}

    /**
     * Never; trying again cannot help.
     *
     * @param detail one line without secrets
     */
    record Refused(String detail) implements Answer {}
}
