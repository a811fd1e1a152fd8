package dev.forebear.checkpoint.plan;

/**
 * A read that a step makes.
 *
 * @param step position of the step among those of the plan
 * @param offset in the file
 */
record PlannedRead(int step, PlannedFile file, long offset, int length) {

    /** Offset of the byte after the last. */
    long end() {
        return offset + length;
    }
}
