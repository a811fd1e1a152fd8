package dev.forebear.checkpoint.storage;

import java.util.concurrent.atomic.LongAdder;

/** Counts what reading a storage costs. Safe for use by several threads. */
public final class ReadMeter {

    private final LongAdder bytes = new LongAdder();
    private final LongAdder requests = new LongAdder();

    /** Counts one request. */
    public void request() {
        requests.increment();
    }

    /** Counts bytes that arrived. */
    public void bytes(long count) {
        bytes.add(count);
    }

    public ReadTotals totals() {
        return new ReadTotals(bytes.sum(), requests.sum());
    }
}
