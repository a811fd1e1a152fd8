package dev.forebear.checkpoint.plan;

import dev.forebear.checkpoint.storage.ReadProgress;

/** Adds up what is read and tells it on, one thread at a time. */
final class ProgressMeter {

    private final ReadProgress progress;
    private final long planned;
    private long bytes;

    ProgressMeter(ReadProgress progress, long planned) {
        this.progress = progress;
        this.planned = planned;
    }

    synchronized void add(long count) {
        bytes += count;
        progress.read(bytes, planned);
    }
}
