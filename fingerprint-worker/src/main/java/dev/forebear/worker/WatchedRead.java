package dev.forebear.worker;

import dev.forebear.checkpoint.storage.ReadProgress;
import dev.forebear.schemas.wire.ReadInProgress;
import dev.forebear.schemas.wire.ReadPurpose;
import java.time.Instant;

/** One read of weights, from its beginning until it is closed. Told by one thread, asked by another. */
final class WatchedRead implements ReadProgress, AutoCloseable {

    private static final long NO_PLAN = -1;

    private final Readings readings;
    private final String modelVersionId;
    private final ReadPurpose purpose;
    private final int relatives;
    private final Instant startedAt;
    private volatile long bytesRead;
    private volatile long bytesPlanned = NO_PLAN;
    private volatile int relativesCompared;

    WatchedRead(Readings readings, String modelVersionId, ReadPurpose purpose, int relatives, Instant startedAt) {
        this.readings = readings;
        this.modelVersionId = modelVersionId;
        this.purpose = purpose;
        this.relatives = relatives;
        this.startedAt = startedAt;
    }

    @Override
    public void read(long bytes, long planned) {
        bytesRead = bytes;
        bytesPlanned = planned;
    }

    /**
     * One more relative has been held against the model.
     *
     * @param bytes read so far
     */
    void compared(int count, long bytes) {
        relativesCompared = count;
        bytesRead = bytes;
    }

    /** What it is known by where it is told. */
    String key() {
        return purpose + " " + modelVersionId;
    }

    Instant startedAt() {
        return startedAt;
    }

    ReadInProgress at(Instant now) {
        long planned = bytesPlanned;
        return ReadInProgress.newBuilder()
                .setModelVersionId(modelVersionId)
                .setPurpose(purpose)
                .setBytesRead(bytesRead)
                .setBytesPlanned(planned == NO_PLAN ? null : planned)
                .setRelativesCompared(relativesCompared)
                .setRelatives(relatives)
                .setStartedAt(startedAt)
                .setAt(now)
                .build();
    }

    @Override
    public void close() {
        readings.end(this);
    }
}
