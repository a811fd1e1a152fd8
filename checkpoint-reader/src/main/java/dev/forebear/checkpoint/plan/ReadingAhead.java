package dev.forebear.checkpoint.plan;

import dev.forebear.checkpoint.storage.Distance;
import dev.forebear.checkpoint.storage.ReadProgress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Serves the reads of the steps of a plan from requests that were started before they were needed. What was not
 * planned, or is asked for in another order, is read when it is asked for.
 */
final class ReadingAhead implements ReadScope, AutoCloseable {

    private final List<PlannedRead> reads;
    private final PlannedRequest[] requestOf;
    private final Map<Place, TreeSet<Integer>> positions = new HashMap<>();
    private final ProgressMeter meter;
    private final FetchQueue queue;
    private int step;
    private int next;

    private record Place(PlannedFile file, long offset, int length) {}

    ReadingAhead(ReadPlan plan, ReadProgress progress) {
        this.reads = plan.reads();
        this.requestOf = new PlannedRequest[reads.size()];
        plan.requestsInOrder().forEach(request -> request.reads().forEach(at -> requestOf[at] = request));
        for (int at = 0; at < reads.size(); at++) {
            PlannedRead read = reads.get(at);
            positions
                    .computeIfAbsent(new Place(read.file(), read.offset(), read.length()), place -> new TreeSet<>())
                    .add(at);
        }
        this.meter = new ProgressMeter(progress, plan.bytes());
        this.queue = new FetchQueue(plan, meter);
    }

    /** From now on reads are those of this step; what was planned for those before it is given up. */
    synchronized void begin(int number) {
        step = number;
        while (next < reads.size() && reads.get(next).step() < number) {
            next++;
        }
        queue.advance(next);
    }

    @Override
    public void read(PlannedFile file, long offset, ByteBuffer target) throws IOException {
        int length = target.remaining();
        Fetch fetch = file.distance() == Distance.NETWORK ? planned(new Place(file, offset, length)) : null;
        if (fetch != null) {
            fetch.copy(offset, target);
            return;
        }
        file.source().read(offset, target);
        if (file.distance() != Distance.MEMORY) {
            meter.add(length);
        }
    }

    /** The request that serves a read, which is taken as made; null when none was planned for it. */
    private synchronized @Nullable Fetch planned(Place place) {
        TreeSet<Integer> planned = positions.get(place);
        Integer at = planned == null ? null : planned.ceiling(next);
        if (at == null || reads.get(at).step() != step) {
            return null;
        }
        queue.advance(at);
        Fetch fetch = queue.get(requestOf[at]);
        next = at + 1;
        return fetch;
    }

    @Override
    public void close() {
        queue.close();
    }
}
