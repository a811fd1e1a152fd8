package dev.forebear.ingest;

import dev.forebear.ingest.registration.Rate;
import java.time.Duration;
import java.time.Instant;

/** Lets so many through in so much time: what a period allows at once, then as fast as it allows. Thread-safe. */
final class TokenBucket {

    private final Rate rate;
    private double tokens;
    private Instant filledAt;

    TokenBucket(Rate rate, Instant now) {
        this.rate = rate;
        this.tokens = rate.count();
        this.filledAt = now;
    }

    /** Lets one through and returns zero, or returns how long to wait for the next. */
    synchronized Duration take(Instant now) {
        // A clock that was set back fills nothing.
        double seconds = Math.max(0, Duration.between(filledAt, now).toMillis() / 1000.0);
        tokens = Math.min(rate.count(), tokens + seconds * rate.perSecond());
        filledAt = now;
        if (tokens >= 1) {
            tokens--;
            return Duration.ZERO;
        }
        return Duration.ofMillis((long) Math.ceil((1 - tokens) / rate.perSecond() * 1000));
    }
}
