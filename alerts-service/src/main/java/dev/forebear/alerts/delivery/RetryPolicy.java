package dev.forebear.alerts.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * How long and how often a channel is tried.
 *
 * @param first wait after the first attempt; doubled after each further one
 * @param longest wait between two attempts
 * @param budget from the first attempt; when it is spent, the delivery has failed
 */
public record RetryPolicy(Duration first, Duration longest, Duration budget) {

    /** Waits are spread by a fifth, so that what failed together does not come back together. */
    private static final double JITTER = 0.2;

    private static final int MAX_DOUBLINGS = 40;

    public RetryPolicy {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0 || budget.isNegative()) {
            throw new IllegalArgumentException("retry: expected 0 < first <= longest and budget >= 0, found " + first
                    + ", " + longest + ", " + budget);
        }
    }

    /** One second, doubled up to half an hour, for three days: about 155 attempts. */
    public static RetryPolicy standard() {
        return new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(30), Duration.ofDays(3));
    }

    /** Wait after an attempt, jitter included. */
    Duration waitAfter(int attempt, RandomGenerator random) {
        double doubled = first.toMillis() * Math.pow(2, Math.min(attempt - 1, MAX_DOUBLINGS));
        double wait = Math.min(doubled, longest.toMillis());
        return Duration.ofMillis((long) (wait * (1 - JITTER + 2 * JITTER * random.nextDouble())));
    }

    /** Whether another attempt at that time is within the budget. */
    boolean allows(Instant firstAttempt, Instant next) {
        return !next.isAfter(firstAttempt.plus(budget));
    }
}
