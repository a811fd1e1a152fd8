package dev.forebear.worker;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a failed checkpoint is tried again: after twice the time of the last wait, with jitter, until a deadline.
 *
 * @param firstDelay wait after the first attempt
 * @param longestDelay no wait is longer
 * @param deadline how long an unreachable store is tried
 * @param arrivalGrace how long a missing file is waited for, because an upload may still be arriving
 */
public record RetryPolicy(Duration firstDelay, Duration longestDelay, Duration deadline, Duration arrivalGrace) {

    /** An upload of shards over a slow line takes minutes; so does the restart of a store. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(
            Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(15), Duration.ofMinutes(2));

    /** Weights that change under four readings in a row are not at rest; their next announcement will come. */
    private static final int READINGS_OF_CHANGING_WEIGHTS = 4;

    /** 2^20 first delays are longer than any longest delay; more would overflow. */
    private static final int MAX_DOUBLINGS = 20;

    public RetryPolicy {
        if (firstDelay.isNegative() || firstDelay.isZero() || longestDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException(
                    "retry delays: expected 0 < first <= longest, found " + firstDelay + " and " + longestDelay);
        }
    }

    /**
     * The wait before the next attempt; empty when there is to be none.
     *
     * @param attempts attempts made, at least 1
     * @param elapsed time since the first attempt began
     */
    Optional<Duration> delay(Cause cause, int attempts, Duration elapsed, RandomGenerator random) {
        return switch (cause) {
            case MALFORMED, UNSUPPORTED, REFUSED, UNSAFE, INTERNAL -> Optional.empty();
            case CHANGED ->
                attempts < READINGS_OF_CHANGING_WEIGHTS ? Optional.of(backoff(attempts, random)) : Optional.empty();
            case MISSING -> until(arrivalGrace, attempts, elapsed, random);
            case UNREACHABLE -> until(deadline, attempts, elapsed, random);
        };
    }

    // The last attempt is made at the end of the time, not a doubled wait before it.
    private Optional<Duration> until(Duration end, int attempts, Duration elapsed, RandomGenerator random) {
        Duration left = end.minus(elapsed);
        if (left.isNegative() || left.isZero()) {
            return Optional.empty();
        }
        Duration backoff = backoff(attempts, random);
        return Optional.of(backoff.compareTo(left) < 0 ? backoff : left);
    }

    /** Between half and all of the doubled delay. */
    Duration backoff(int attempts, RandomGenerator random) {
        Duration doubled = firstDelay.multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS));
        Duration capped = doubled.compareTo(longestDelay) < 0 ? doubled : longestDelay;
        return Duration.ofNanos((long) (capped.toNanos() * (0.5 + 0.5 * random.nextDouble())));
    }
}
