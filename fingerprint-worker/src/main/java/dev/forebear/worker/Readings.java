package dev.forebear.worker;

import dev.forebear.schemas.wire.ReadInProgress;
import dev.forebear.schemas.wire.ReadPurpose;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the worker reads now. A read that takes longer than two seconds is told once a second, and its end is told, too;
 * most reads are over before and nobody hears of them. All telling is done on one thread of its own, so a broker that
 * does not answer holds up no read.
 */
final class Readings implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Readings.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Teller teller;
    private final InstantSource clock;
    private final Duration patience;
    private final Set<WatchedRead> open = ConcurrentHashMap.newKeySet();
    /** Confined to the thread that tells. */
    private final Set<WatchedRead> told = new HashSet<>();

    private final ScheduledThreadPoolExecutor thread;

    /** Tells whoever looks on. */
    interface Teller {
        /** @param state null when the read has ended */
        void tell(String key, @Nullable ReadInProgress state);
    }

    Readings(Teller teller, InstantSource clock) {
        this(teller, clock, PATIENCE, INTERVAL);
    }

    /** @param patience time that a read may take before it is told */
    Readings(Teller teller, InstantSource clock, Duration patience, Duration interval) {
        this.teller = teller;
        this.clock = clock;
        this.patience = patience;
        // A read that ends after this was closed has nobody to tell.
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("readings").factory(), new ThreadPoolExecutor.DiscardPolicy());
        thread.scheduleAtFixedRate(this::tellAll, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A read for a fingerprint; to be closed when it has ended. */
    WatchedRead fingerprint(String modelVersionId) {
        return begin(modelVersionId, ReadPurpose.FINGERPRINT, 0);
    }

    /** A read for a confirmation; to be closed when it has ended. */
    WatchedRead confirmation(String modelVersionId, int relatives) {
        return begin(modelVersionId, ReadPurpose.CONFIRMATION, relatives);
    }

    private WatchedRead begin(String modelVersionId, ReadPurpose purpose, int relatives) {
        var read = new WatchedRead(this, modelVersionId, purpose, relatives, clock.instant());
        open.add(read);
        return read;
    }

    void end(WatchedRead read) {
        open.remove(read);
        thread.execute(() -> {
            if (told.remove(read)) {
                tell(read.key(), null);
            }
        });
    }

    /** Reads that go on. */
    int size() {
        return open.size();
    }

    private void tellAll() {
        Instant now = clock.instant();
        for (WatchedRead read : open) {
            if (!now.isBefore(read.startedAt().plus(patience))) {
                told.add(read);
                tell(read.key(), read.at(now));
            }
        }
    }

    // Nothing hangs on it, and what it throws would end all telling.
    private void tell(String key, @Nullable ReadInProgress state) {
        try {
            teller.tell(key, state);
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).addKeyValue("read", key).log("could not tell how far a read has come");
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.shutdownNow();
    }
}
