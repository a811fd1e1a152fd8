package dev.forebear.checkpoint.plan;

/**
 * How much is asked of a network and of the memory to read ahead.
 *
 * @param requests most requests at a time
 * @param bytes most bytes held: those under way, those that wait for their use, and those kept for another use
 * @param gap ranges of a file that are at most so many bytes apart are read with one request, the gap included
 * @param block most bytes of one request, unless a single read is longer
 */
public record ReadBudget(int requests, long bytes, int gap, int block) {

    /**
     * Sixteen requests hide a latency of 20 ms at a gigabit; 64 MiB leave most of a heap of 512 MiB to the signals. A
     * gap of 64 KiB takes as long to read as half a millisecond of waiting at that speed, far less than a request.
     */
    public static final ReadBudget DEFAULT = new ReadBudget(16, 64 << 20, 64 << 10, 2 << 20);

    public ReadBudget {
        if (requests < 1 || gap < 0 || block < 1 || bytes < 2L * block) {
            throw new IllegalArgumentException("read budget: expected at least one request and two blocks, found "
                    + requests + " requests and " + bytes + " bytes for blocks of " + block);
        }
    }

    /** Bytes of those that may wait for a second use; the rest is for reading ahead. */
    long kept() {
        return bytes / 2;
    }
}
