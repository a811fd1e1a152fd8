package dev.forebear.cli.console;

import java.time.Duration;
import java.util.Optional;

/**
 * How long work may still take, by how fast it went since it was first looked at: what was done before then was done by
 * somebody else. Used by one thread.
 */
final class Remaining {

    /** Earlier nobody can tell. */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private final long startNanos;
    private long first = -1;

    Remaining(long startNanos) {
        this.startNanos = startNanos;
    }

    /** Empty as long as it cannot be told. */
    Optional<Duration> at(long nowNanos, long done, long total) {
        if (first < 0) {
            first = done;
        }
        long elapsed = nowNanos - startNanos;
        if (elapsed < SETTLED.toNanos() || done <= first || done >= total) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos((long) ((double) elapsed * (total - done) / (done - first))));
    }
}
