package dev.forebear.alerts.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Lets the same thing be told once a minute, and not more than a hundred things a minute. Thread-safe. */
final class Repetitions {

    static final Duration WINDOW = Duration.ofMinutes(1);
    static final int MAX_A_WINDOW = 100;
    private static final int MAX_REMEMBERED = 1_000;

    private final InstantSource clock;
    private final Map<String, Said> said = new LinkedHashMap<>();
    private Instant windowEnd = Instant.MIN;
    private int inWindow;

    Repetitions(InstantSource clock) {
        this.clock = clock;
    }

    /** How often it happened untold since it was told last, when it may be told now; else empty. */
    synchronized OptionalLong count(String what) {
        Instant now = clock.instant();
        if (!now.isBefore(windowEnd)) {
            windowEnd = now.plus(WINDOW);
            inWindow = 0;
        }
        Said last = said.remove(what);
        boolean tell = (last == null || !now.isBefore(last.until)) && inWindow < MAX_A_WINDOW;
        long untold = last == null ? 0 : last.untold;
        said.put(what, tell ? new Said(now.plus(WINDOW), 0) : new Said(last == null ? now : last.until, untold + 1));
        if (said.size() > MAX_REMEMBERED) {
            said.remove(said.keySet().iterator().next());
        }
        inWindow += tell ? 1 : 0;
        return tell ? OptionalLong.of(untold) : OptionalLong.empty();
    }

    private record Said(Instant until, long untold) {}
}
