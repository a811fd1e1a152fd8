package dev.forebear.checkpoint.storage;

import java.util.concurrent.atomic.LongAdder;

/** Counts what reading a storage costs. */
final class ReadMeter {

    private final LongAdder bytes = new LongAdder();
    private final LongAdder requests = new LongAdder();

    void request() {
        requests.increment();
    }

    void bytes(long count) {
        bytes.add(count);
    }

    ReadTotals totals() {
        return new ReadTotals(bytes.sum(), requests.sum());
    }
}
