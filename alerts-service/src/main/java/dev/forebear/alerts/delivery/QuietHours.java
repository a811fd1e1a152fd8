package dev.forebear.alerts.delivery;

import dev.forebear.schemas.wire.Severity;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * When a channel is left in peace, every day.
 *
 * @param from the first moment of peace
 * @param to the first moment after it; may be on the next day
 * @param unless least severity that is told nevertheless; null for none
 */
public record QuietHours(
        LocalTime from, LocalTime to, ZoneId zone, @Nullable Severity unless) {

    public QuietHours {
        if (from.equals(to)) {
            throw new IllegalArgumentException("quiet-hours: expected 'from' and 'to' to differ, found " + from);
        }
    }

    /** When an alert of this severity may be told that could be told now. */
    Instant release(Severity severity, Instant now) {
        boolean passes = unless != null && severity.compareTo(unless) >= 0;
        return passes ? now : end(now);
    }

    private Instant end(Instant now) {
        ZonedDateTime local = now.atZone(zone);
        LocalTime time = local.toLocalTime();
        boolean overnight = to.isBefore(from);
        boolean evening = !time.isBefore(from);
        boolean morning = time.isBefore(to);
        boolean quiet = overnight ? evening || morning : evening && morning;
        if (!quiet) {
            return now;
        }
        ZonedDateTime day = overnight && evening ? local.plusDays(1) : local;
        return day.with(to).toInstant();
    }
}
