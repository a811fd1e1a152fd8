package dev.forebear.ingest.listing;

import java.time.Duration;

/** Keeps requests apart, so that there are at most so many in a second. Not thread-safe. */
public final class Pace {

    private final long nanosApart;
    private long next;
    private boolean begun;

    public Pace(double requestsPerSecond) {
        this.nanosApart =
                (long) Math.min(Long.MAX_VALUE / 2.0, Duration.ofSeconds(1).toNanos() / requestsPerSecond);
    }

    /** Waits until the next may be sent. */
    public void await() throws InterruptedException {
        Thread.sleep(Duration.ofNanos(reserve(System.nanoTime())));
    }

    /** Nanoseconds to wait from now until the next request may be sent; it counts as sent then. */
    long reserve(long now) {
        long wait = begun ? Math.max(0, next - now) : 0;
        begun = true;
        next = now + wait + nanosApart;
        return wait;
    }
}
