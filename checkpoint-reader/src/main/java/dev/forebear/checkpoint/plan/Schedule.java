package dev.forebear.checkpoint.plan;

import dev.forebear.checkpoint.storage.Distance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Decides which reads share a request. Reads that lie near each other do, as long as the bytes between the first and
 * the last use of a request fit into what may be kept: where they do not, the block whose next use is furthest away is
 * given up and that use reads again, which costs the fewest bytes (Belady's rule; a plan knows the future).
 */
final class Schedule {

    private final List<PlannedRead> reads;
    private final ReadBudget budget;
    private final List<PlannedRequest> requests = new ArrayList<>();

    private Schedule(List<PlannedRead> reads, ReadBudget budget) {
        this.reads = reads;
        this.budget = budget;
    }

    /** Requests in the order in which they are first needed. */
    static List<PlannedRequest> of(List<PlannedRead> reads, ReadBudget budget) {
        var schedule = new Schedule(reads, budget);
        schedule.addNear();
        schedule.addFar();
        schedule.requests.sort(Comparator.comparingInt(PlannedRequest::first));
        return List.copyOf(schedule.requests);
    }

    // A file of this machine costs nothing to ask, and its bytes are kept by the page cache.
    private void addNear() {
        for (int at = 0; at < reads.size(); at++) {
            PlannedRead read = reads.get(at);
            if (read.file().distance() != Distance.NETWORK) {
                requests.add(new PlannedRequest(read.file(), read.offset(), read.length(), List.of(at)));
            }
        }
    }

    private void addFar() {
        List<Integer> far = IntStream.range(0, reads.size())
                .filter(at -> reads.get(at).file().distance() == Distance.NETWORK)
                .boxed()
                .toList();
        List<ReadBlock> blocks = ReadBlock.of(reads, far, budget);
        var blockOf = new int[reads.size()];
        Arrays.fill(blockOf, -1);
        for (int block = 0; block < blocks.size(); block++) {
            for (int at : blocks.get(block).reads()) {
                blockOf[at] = block;
            }
        }
        var stays = blocks.stream().map(Stay::new).toList();
        var kept = new TreeSet<Stay>(Comparator.comparingInt(Stay::nextUse));
        long bytes = 0;
        for (int at : far) {
            Stay stay = stays.get(blockOf[at]);
            bytes -= kept.remove(stay) ? stay.block.bytes() : 0;
            stay.use(at);
            if (stay.isOver()) {
                addRequests(stay.end());
                continue;
            }
            kept.add(stay);
            bytes += stay.block.bytes();
            while (bytes > budget.kept()) {
                Stay furthest = kept.pollLast();
                bytes -= furthest.block.bytes();
                addRequests(furthest.end());
            }
        }
    }

    /** Reads of one stay in memory; those that turn out to lie far apart, without the others, are asked for apart. */
    private void addRequests(List<Integer> uses) {
        for (ReadBlock block : ReadBlock.of(reads, uses, budget)) {
            requests.add(new PlannedRequest(
                    reads.get(block.reads().getFirst()).file(),
                    block.begin(),
                    Math.toIntExact(block.bytes()),
                    block.reads()));
        }
    }

    /** The uses of a block since it was last read. */
    private static final class Stay {

        private final ReadBlock block;
        private int used;
        private List<Integer> uses = new ArrayList<>();

        Stay(ReadBlock block) {
            this.block = block;
        }

        void use(int at) {
            uses.add(at);
            used++;
        }

        boolean isOver() {
            return used == block.reads().size();
        }

        /** Position of the next read; no two blocks have the same. */
        int nextUse() {
            return block.reads().get(used);
        }

        List<Integer> end() {
            List<Integer> ended = uses;
            uses = new ArrayList<>();
            return ended;
        }
    }
}
