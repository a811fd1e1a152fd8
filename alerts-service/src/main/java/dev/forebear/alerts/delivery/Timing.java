package dev.forebear.alerts.delivery;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** When a channel is told. */
public sealed interface Timing {

    /**
     * As soon as a group of alerts is complete.
     *
     * @param groupWait how long a group must have been quiet; what belongs together comes together
     * @param groupInterval shortest time between two messages about one group
     */
    record Immediate(Duration groupWait, Duration groupInterval) implements Timing {

        /** However long a group goes on growing, it is told of after this time. */
        static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

        static final Duration LONGEST_INTERVAL = Duration.ofDays(7);

        public Immediate {
            if (groupWait.isNegative() || groupWait.compareTo(LONGEST_WAIT) > 0) {
                throw new IllegalArgumentException(
                        "group-wait: expected at most " + LONGEST_WAIT + ", found " + groupWait);
            }
            if (groupInterval.isNegative() || groupInterval.compareTo(LONGEST_INTERVAL) > 0) {
                throw new IllegalArgumentException(
                        "group-interval: expected at most " + LONGEST_INTERVAL + ", found " + groupInterval);
            }
        }

        static Immediate standard() {
            return new Immediate(Duration.ofSeconds(10), Duration.ofHours(1));
        }

        /** When a group may be told of that began and last grew at these times. */
        Instant complete(Instant first, Instant last) {
            Instant quiet = last.plus(groupWait);
            Instant latest = first.plus(LONGEST_WAIT);
            return quiet.isBefore(latest) ? quiet : latest;
        }
    }

    /**
     * At fixed times, all in one message.
     *
     * @param day of a weekly digest; ignored in others
     * @param at time of day; of an hourly digest only the minute counts
     */
    record Digest(Every every, DayOfWeek day, LocalTime at, ZoneId zone) implements Timing {

        /** How often. */
        enum Every {
            HOURLY,
            DAILY,
            WEEKLY
        }

        /** The first time for a digest after this one. */
        Instant after(Instant time) {
            ZonedDateTime local = time.atZone(zone);
            ZonedDateTime slot = slot(local);
            return (slot.toInstant().isAfter(time) ? slot : slot(next(local))).toInstant();
        }

        private ZonedDateTime slot(ZonedDateTime local) {
            return switch (every) {
                case HOURLY -> local.truncatedTo(ChronoUnit.HOURS).withMinute(at.getMinute());
                case DAILY -> local.with(at);
                case WEEKLY -> local.with(TemporalAdjusters.nextOrSame(day)).with(at);
            };
        }

        private ZonedDateTime next(ZonedDateTime local) {
            return switch (every) {
                case HOURLY -> local.truncatedTo(ChronoUnit.HOURS).plusHours(1);
                case DAILY -> local.plusDays(1);
                case WEEKLY -> local.plusWeeks(1);
            };
        }
    }
}
