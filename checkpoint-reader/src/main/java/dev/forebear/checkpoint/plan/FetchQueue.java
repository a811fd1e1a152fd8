package dev.forebear.checkpoint.plan;

import dev.forebear.checkpoint.storage.Distance;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The requests of a plan on their way: started in the order of need, each in a virtual thread of its own, as many as
 * the budget allows, and given up after their last use. Safe for use by several threads.
 */
final class FetchQueue implements AutoCloseable {

    private final ReadBudget budget;
    private final ProgressMeter meter;
    private final ArrayDeque<PlannedRequest> waiting = new ArrayDeque<>();
    private final Map<Integer, Fetch> startedByFirstUse = new HashMap<>();
    private final PriorityQueue<PlannedRequest> byLastUse =
            new PriorityQueue<>(Comparator.comparingInt(PlannedRequest::last));
    private long bytes;
    private int underWay;
    private int next;
    private boolean closed;

    FetchQueue(ReadPlan plan, ProgressMeter meter) {
        this.budget = plan.budget();
        this.meter = meter;
        plan.requestsInOrder().stream()
                .filter(request -> request.file().distance() == Distance.NETWORK)
                .forEach(waiting::add);
    }

    /** The bytes of a request that is needed now, whatever the budget says. */
    synchronized Fetch get(PlannedRequest request) {
        Fetch fetch = startedByFirstUse.get(request.first());
        if (fetch == null) {
            waiting.removeFirstOccurrence(request);
            fetch = start(request);
        }
        return fetch;
    }

    /** Gives up what is not needed from this read on, and starts what the budget then allows. */
    synchronized void advance(int read) {
        for (PlannedRequest over = byLastUse.peek(); over != null && over.last() < read; over = byLastUse.peek()) {
            byLastUse.remove();
            startedByFirstUse.remove(over.first());
            bytes -= over.length();
        }
        next = read;
        startMore();
    }

    private void startMore() {
        while (!closed && !waiting.isEmpty() && underWay < budget.requests()) {
            PlannedRequest request = waiting.getFirst();
            if (request.last() >= next && bytes + request.length() > budget.bytes()) {
                return;
            }
            waiting.removeFirst();
            if (request.last() >= next) {
                start(request);
            }
        }
    }

    private Fetch start(PlannedRequest request) {
        var fetch = new Fetch(request);
        startedByFirstUse.put(request.first(), fetch);
        byLastUse.add(request);
        bytes += request.length();
        underWay++;
        Thread.ofVirtual().name("read-ahead").start(() -> {
            fetch.run(meter);
            ended(fetch);
        });
        return fetch;
    }

    // Whatever has failed will end the step that needs it: nothing more is asked for.
    private synchronized void ended(Fetch fetch) {
        underWay--;
        closed |= fetch.failed();
        startMore();
    }

    /** Starts nothing more; what is under way ends by itself, at the latest with its storage. */
    @Override
    public synchronized void close() {
        closed = true;
        waiting.clear();
    }
}
