package dev.forebear.checkpoint.plan;

import dev.forebear.checkpoint.storage.ReadProgress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What some steps will read of the weights of a checkpoint, worked out without reading them: the steps are run on zeros
 * and what they ask for is noted. So that the plan cannot say one thing and the reading do another, nothing else says
 * where a step reads. What is in memory already is not part of a plan.
 */
public final class ReadPlan {

    private final List<ReadStep> steps;
    private final ReadBudget budget;
    private final List<PlannedRead> reads;
    private final List<PlannedRequest> requests;

    private ReadPlan(List<ReadStep> steps, List<PlannedRead> reads, ReadBudget budget) {
        this.steps = List.copyOf(steps);
        this.budget = budget;
        this.reads = reads;
        this.requests = Schedule.of(reads, budget);
    }

    /**
     * What a step would cost alone.
     *
     * @param name name of the step
     * @param bytes bytes of its requests, gaps between near ranges included
     * @param requests number of requests
     */
    public record Cost(String name, long bytes, long requests) {}

    /**
     * Runs the steps on zeros. All that they read beside weights must have been read before.
     *
     * @throws IOException if the storage could not be reached
     */
    public static ReadPlan of(List<ReadStep> steps) throws IOException {
        return of(steps, ReadBudget.DEFAULT);
    }

    static ReadPlan of(List<ReadStep> steps, ReadBudget budget) throws IOException {
        return new ReadPlan(steps, DryRun.of(steps), budget);
    }

    /** Bytes of all steps together; what several of them need is counted once where it can be kept. */
    public long bytes() {
        return requests.stream().mapToLong(PlannedRequest::length).sum();
    }

    /** Requests of all steps together. */
    public long requests() {
        return requests.size();
    }

    /** What each step would cost alone, in the order of the steps; together they cost less. */
    public List<Cost> costs() {
        var costs = new ArrayList<Cost>();
        for (int step = 0; step < steps.size(); step++) {
            int number = step;
            List<PlannedRead> own =
                    reads.stream().filter(read -> read.step() == number).toList();
            List<PlannedRequest> alone = Schedule.of(own, budget);
            long bytes = alone.stream().mapToLong(PlannedRequest::length).sum();
            costs.add(new Cost(steps.get(step).name(), bytes, alone.size()));
        }
        return List.copyOf(costs);
    }

    /**
     * Carries the plan out: runs the same steps on the weights, while the requests that they will need next are under
     * way.
     *
     * @param steps of the names that were planned
     * @param progress told of every request
     * @throws dev.forebear.checkpoint.CheckpointException CHANGED when a file is not the one that was opened, and
     *     whatever the steps throw
     * @throws IOException if the storage could not be reached
     */
    public void carryOut(List<ReadStep> steps, ReadProgress progress) throws IOException {
        if (!names(steps).equals(names(this.steps))) {
            throw new IllegalArgumentException("steps: expected " + names(this.steps) + ", found " + names(steps));
        }
        try (var reading = new ReadingAhead(this, progress)) {
            for (int step = 0; step < steps.size(); step++) {
                reading.begin(step);
                reading.run(steps.get(step));
            }
        }
    }

    /** Steps of the same names that make the planned reads and nothing of them: what the storage alone takes. */
    public List<ReadStep> readingAlone() {
        var alone = new ArrayList<ReadStep>();
        for (int step = 0; step < steps.size(); step++) {
            int number = step;
            alone.add(new ReadStep(steps.get(step).name(), () -> {
                for (PlannedRead read : reads) {
                    if (read.step() == number) {
                        read.file().read(read.offset(), ByteBuffer.allocate(read.length()));
                    }
                }
            }));
        }
        return List.copyOf(alone);
    }

    private static List<String> names(List<ReadStep> steps) {
        return steps.stream().map(ReadStep::name).toList();
    }

    ReadBudget budget() {
        return budget;
    }

    /** In the order in which they will be made. */
    List<PlannedRead> reads() {
        return reads;
    }

    /** In the order in which they are first needed. */
    List<PlannedRequest> requestsInOrder() {
        return requests;
    }
}
