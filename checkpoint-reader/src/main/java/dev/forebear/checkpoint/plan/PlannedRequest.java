package dev.forebear.checkpoint.plan;

import java.util.List;

/**
 * A range of a file that is read with one request.
 *
 * @param reads positions in the plan of the reads that it serves, ascending; at least one
 */
record PlannedRequest(PlannedFile file, long offset, int length, List<Integer> reads) {

    PlannedRequest {
        reads = List.copyOf(reads);
    }

    /** Position of the first read that needs it. */
    int first() {
        return reads.getFirst();
    }

    /** Position of the last one; then it is given up. */
    int last() {
        return reads.getLast();
    }
}
