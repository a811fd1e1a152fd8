package dev.forebear.alerts.readmodel;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Those who wait until the topics were applied up to somewhere. Thread-safe. */
final class Waiters {

    private final Queue<Waiter> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean open = true;

    /**
     * Waits until the positions, the next offsets to apply, are at least these; null for the ends of all topics as they
     * are now. False when that takes longer than the timeout, or nothing is applied any more.
     */
    boolean await(@Nullable Map<TopicPartition, Long> positions, Duration timeout) throws InterruptedException {
        var waiter = new Waiter(positions);
        waiting.add(waiter);
        if (!open) {
            waiter.done.complete(false);
        }
        try {
            return waiter.done.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } finally {
            waiting.remove(waiter);
        }
    }

    /** Lets those go on whose positions were reached. */
    void serve(Map<TopicPartition, Long> applied, Supplier<Map<TopicPartition, Long>> ends) {
        for (Waiter waiter : waiting) {
            if (waiter.positions == null) {
                waiter.positions = new HashMap<>(ends.get());
            }
            if (waiter.positions.entrySet().stream()
                    .allMatch(wanted -> applied.getOrDefault(wanted.getKey(), 0L) >= wanted.getValue())) {
                waiter.done.complete(true);
            }
        }
    }

    /** Nothing will be applied any more. */
    void close() {
        open = false;
        waiting.forEach(waiter -> waiter.done.complete(false));
    }

    private static final class Waiter {

        private final CompletableFuture<Boolean> done = new CompletableFuture<>();
        private volatile @Nullable Map<TopicPartition, Long> positions;

        Waiter(@Nullable Map<TopicPartition, Long> positions) {
            this.positions = positions;
        }
    }
}
