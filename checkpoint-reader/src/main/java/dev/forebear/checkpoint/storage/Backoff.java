package dev.forebear.checkpoint.storage;

import java.time.Duration;

/**
 * How often, and after which pauses, a request is sent again.
 *
 * @param attempts most attempts, the first one included
 * @param firstPause pause after the first attempt; each one after it is twice as long
 */
public record Backoff(int attempts, Duration firstPause) {

    /** Bridges the restart of a server's node; anything longer is for the caller to retry. */
    public static final Backoff DEFAULT = new Backoff(4, Duration.ofMillis(200));

    /** Pause after an attempt that failed, counted from 1. */
    public Duration pauseAfter(int attempt) {
        return firstPause.multipliedBy(1L << (attempt - 1));
    }
}
