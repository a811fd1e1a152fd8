package dev.forebear.alerts.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a channel is told and when, whatever its kind.
 *
 * @param name in the file of channels and in the delivery log
 * @param quietHours when it is not told; null for none
 */
public record Terms(
        String name,
        Audience audience,
        Timing timing,
        @Nullable QuietHours quietHours) {

    /** A channel that is told everything at once. */
    static Terms standard(String name) {
        return new Terms(name, Audience.everything(), Timing.Immediate.standard(), null);
    }

    /** When the channel may be told of an alert that it could be told of now. */
    Instant release(Pending alert, Instant now) {
        return quietHours == null ? now : quietHours.release(alert.severity(), now);
    }
}
