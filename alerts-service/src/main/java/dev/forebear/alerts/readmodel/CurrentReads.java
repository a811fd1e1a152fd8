package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.wire.ReadInProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the workers read now. A read is told every second until it ends, so one that has not been told for a while is
 * over: its worker died. Thread-safe.
 */
public final class CurrentReads {

    private static final Duration FRESH = Duration.ofSeconds(30);

    private final Map<String, ReadInProgress> reads = new HashMap<>();

    synchronized void apply(ReadInProgress read) {
        reads.values().removeIf(other -> isOver(other, read.getAt()));
        reads.put(key(read), read);
    }

    /** A read has ended. */
    synchronized void forget(String key) {
        reads.remove(key);
    }

    /** Reads that go on, the longest first. */
    public synchronized List<ReadInProgress> at(Instant now) {
        return reads.values().stream()
                .filter(read -> !isOver(read, now))
                .sorted(Comparator.comparing(ReadInProgress::getStartedAt).thenComparing(CurrentReads::key))
                .toList();
    }

    private static boolean isOver(ReadInProgress read, Instant now) {
        return read.getAt().isBefore(now.minus(FRESH));
    }

    private static String key(ReadInProgress read) {
        return read.getPurpose() + " " + read.getModelVersionId();
    }
}
