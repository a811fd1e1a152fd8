package dev.forebear.checkpoint.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Planned reads of one file that lie near each other: what may be read with one request.
 *
 * @param begin offset of the first byte
 * @param end offset of the byte after the last
 * @param reads their positions in the plan, ascending
 */
record ReadBlock(long begin, long end, List<Integer> reads) {

    ReadBlock {
        reads = reads.stream().sorted().toList();
    }

    long bytes() {
        return end - begin;
    }

    /** The blocks of some reads, in the order of files and offsets; every read is in exactly one. */
    static List<ReadBlock> of(List<PlannedRead> plan, List<Integer> positions, ReadBudget budget) {
        List<Integer> sorted = positions.stream()
                .sorted(Comparator.comparing((Integer at) -> plan.get(at).file().name())
                        .thenComparingInt(
                                at -> System.identityHashCode(plan.get(at).file()))
                        .thenComparingLong(at -> plan.get(at).offset())
                        .thenComparingInt(at -> at))
                .toList();
        var blocks = new ArrayList<ReadBlock>();
        int from = 0;
        while (from < sorted.size()) {
            PlannedRead first = plan.get(sorted.get(from));
            long end = first.end();
            int to = from + 1;
            while (to < sorted.size() && joins(first, end, plan.get(sorted.get(to)), budget)) {
                end = Math.max(end, plan.get(sorted.get(to)).end());
                to++;
            }
            blocks.add(new ReadBlock(first.offset(), end, sorted.subList(from, to)));
            from = to;
        }
        return blocks;
    }

    private static boolean joins(PlannedRead first, long end, PlannedRead next, ReadBudget budget) {
        boolean inside = next.end() <= end;
        boolean near = next.offset() - end <= budget.gap() && next.end() - first.offset() <= budget.block();
        return next.file() == first.file() && (inside || near);
    }
}
