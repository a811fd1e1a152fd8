package dev.forebear.replay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much of the machine a replay may take.
 *
 * @param threads that match and decide, at least 1
 * @param uploadsPerSecond at most so many; null for as many as it can
 */
public record Pace(int threads, @Nullable Integer uploadsPerSecond) {

    public Pace {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
        }
        if (uploadsPerSecond != null && uploadsPerSecond < 1) {
            throw new IllegalArgumentException("rate: expected at least 1 upload a second, found " + uploadsPerSecond);
        }
    }

    /** As fast as these threads can. */
    public static Pace of(int threads) {
        return new Pace(threads, null);
    }

    /** Uploads that are matched together: no more than those of a second. */
    int batch(int most) {
        return uploadsPerSecond == null ? most : Math.min(most, uploadsPerSecond);
    }

    /** Waits until so many may have been done. */
    void keep(long done, Duration since) throws InterruptedException {
        if (uploadsPerSecond != null) {
            Duration due = Duration.ofMillis(done * 1_000 / uploadsPerSecond).minus(since);
            if (due.isPositive()) {
                Thread.sleep(due);
            }
        }
    }

    /** What so many uploads take at least. */
    Duration atLeast(long uploads) {
        return uploadsPerSecond == null ? Duration.ZERO : Duration.ofMillis(uploads * 1_000 / uploadsPerSecond);
    }
}
