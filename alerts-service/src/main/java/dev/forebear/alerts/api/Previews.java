package dev.forebear.alerts.api;

import dev.forebear.alerts.Count;
import dev.forebear.alerts.Counting;
import dev.forebear.alerts.policy.Policy;
import io.javalin.http.ServiceUnavailableResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Counts of what policies would find, under way and just finished. One for each caller at a time. Thread-safe. */
final class Previews {

    private static final int MOST_RUNNING = 4;
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final long LOOK_EVERY_MILLIS = 20;

    private final Counting counting;
    private final InstantSource clock;
    private final Map<String, Preview> known = new HashMap<>();

    Previews(Counting counting, InstantSource clock) {
        this.counting = counting;
        this.clock = clock;
    }

    private record Preview(String caller, String policyVersion, Count count, Instant askedAt) {

        boolean isRunning() {
            return !count.isDone() && count.problem().isEmpty();
        }
    }

    /**
     * Begins to count, and ends what the same caller had begun; answers after a second at most.
     *
     * @param rule the only rule; null for all
     * @throws ServiceUnavailableResponse when too many count at a time
     */
    PreviewView begin(String caller, Policy policy, @Nullable String rule) {
        String id = "pv_" + UUID.randomUUID();
        var preview = new Preview(caller, policy.version(), start(caller, policy, rule), clock.instant());
        synchronized (known) {
            known.put(id, preview);
        }
        long deadline = System.nanoTime() + AT_ONCE.toNanos();
        try {
            while (preview.isRunning() && System.nanoTime() < deadline) {
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return PreviewView.of(preview.isRunning() ? id : null, preview.policyVersion, preview.count);
    }

    /** Empty when there is none of that id, or it was finished long ago. */
    Optional<PreviewView> find(String id) {
        synchronized (known) {
            forget();
            return Optional.ofNullable(known.get(id))
                    .map(preview -> PreviewView.of(id, preview.policyVersion, preview.count));
        }
    }

    private Count start(String caller, Policy policy, @Nullable String rule) {
        synchronized (known) {
            forget();
            known.values().stream()
                    .filter(preview -> preview.caller.equals(caller))
                    .forEach(preview -> preview.count.close());
            long running = known.values().stream()
                    .filter(Preview::isRunning)
                    .filter(preview -> !preview.caller.equals(caller))
                    .count();
            if (running >= MOST_RUNNING) {
                throw new ServiceUnavailableResponse(running + " previews are counted already; try again later");
            }
            return counting.begin(policy, rule);
        }
    }

    private void forget() {
        Instant before = clock.instant().minus(KEPT);
        known.values().removeIf(preview -> !preview.isRunning() && preview.askedAt.isBefore(before));
    }
}
