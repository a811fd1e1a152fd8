package dev.forebear.alerts.api;

import java.time.Duration;
import java.time.Instant;

/** When things that must end may end: nobody looks again at what was put off for years. */
final class Ends {

    private static final Duration LATEST = Duration.ofDays(366);

    private Ends() {}

    /** A time after now and within 366 days, or an answer that says so. */
    static Instant checked(String name, Instant end, Instant now) {
        if (!end.isAfter(now) || end.isAfter(now.plus(LATEST))) {
            throw Parameters.wrong(name, "a time within the next " + LATEST.toDays() + " days", end.toString());
        }
        return end;
    }
}
