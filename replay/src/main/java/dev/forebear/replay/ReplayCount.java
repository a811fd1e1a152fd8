package dev.forebear.replay;

import java.time.Duration;

/**
 * What a replay would do.
 *
 * @param uploads that are selected
 * @param current of them those that were fingerprinted by today's algorithm
 * @param outdated of them those that were fingerprinted by another version of the algorithm
 * @param notAnalysed of them those whose weights could not be read
 * @param gone of them those that have no fingerprint any more
 * @param references models that they would be held against
 * @param estimate how long it would take on this machine, by a sample
 */
public record ReplayCount(
        long uploads, long current, long outdated, long notAnalysed, long gone, long references, Duration estimate) {}
