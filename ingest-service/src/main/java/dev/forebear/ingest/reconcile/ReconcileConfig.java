package dev.forebear.ingest.reconcile;

import dev.forebear.runtime.Environment;
import java.time.Duration;

/**
 * How registries are listed; how often and how fast, each says itself.
 *
 * @param grace {@code FOREBEAR_RECONCILE_GRACE}: an upload younger than this is left to its event, and to the next
 *     listing
 * @param uploadsPerSecond {@code FOREBEAR_BACKFILL_RATE}: at most so many uploads a second are published of one listing
 */
public record ReconcileConfig(Duration grace, int uploadsPerSecond) {

    /** Webhooks arrive within seconds; senders that retry need a minute. */
    public static final Duration DEFAULT_GRACE = Duration.ofMinutes(1);

    /** Faster than workers read, slow enough that a large registry does not fill the topic in one go. */
    public static final int DEFAULT_UPLOADS_PER_SECOND = 50;

    private static final int MAX_UPLOADS_PER_SECOND = 10_000;

    public ReconcileConfig {
        if (grace.isNegative() || uploadsPerSecond < 1) {
            throw new IllegalArgumentException(
                    "reconcile: expected a grace and a positive rate, found " + grace + " and " + uploadsPerSecond);
        }
    }

    /** As usual. */
    public static ReconcileConfig usual() {
        return new ReconcileConfig(DEFAULT_GRACE, DEFAULT_UPLOADS_PER_SECOND);
    }

    /** Reads the variables; problems are left in the environment. */
    public static ReconcileConfig fromEnvironment(Environment environment) {
        return new ReconcileConfig(
                environment.duration("FOREBEAR_RECONCILE_GRACE", DEFAULT_GRACE),
                environment.integer("FOREBEAR_BACKFILL_RATE", DEFAULT_UPLOADS_PER_SECOND, 1, MAX_UPLOADS_PER_SECOND));
    }

    /** Registries round times, and their clocks differ: what changed shortly before the last listing is asked again. */
    Duration overlap() {
        return grace.multipliedBy(2).plusMinutes(10);
    }
}
