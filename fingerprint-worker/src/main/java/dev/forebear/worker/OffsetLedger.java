package dev.forebear.worker;

import java.util.TreeSet;

/**
 * The unfinished records of one partition. Records are finished in any order; what may be committed is only the offset
 * up to which every record is finished. Used by one thread.
 */
final class OffsetLedger {

    private final TreeSet<Long> unfinished = new TreeSet<>();

    /** Notes that work on the record at {@code offset} has begun. */
    void begin(long offset) {
        if (!unfinished.add(offset)) {
            throw new IllegalStateException("offset " + offset + " is already being worked on");
        }
    }

    /** Notes that the record at {@code offset} is finished. */
    void finish(long offset) {
        if (!unfinished.remove(offset)) {
            throw new IllegalStateException("offset " + offset + " is not being worked on");
        }
    }

    /** The offset to commit when every record before {@code position} was begun: a record there is delivered again. */
    long committable(long position) {
        return unfinished.isEmpty() ? position : Math.min(position, unfinished.first());
    }

    int size() {
        return unfinished.size();
    }
}
