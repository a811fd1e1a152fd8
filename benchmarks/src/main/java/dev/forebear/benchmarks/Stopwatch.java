package dev.forebear.benchmarks;

import java.io.IOException;

/** Takes the best time of short pieces of work, so short that other programs leave some of them alone. */
final class Stopwatch {

    /** What is measured is divided into as many parts. */
    static final int PARTS = 32;

    private static final int RUNS = 2 * PARTS;
    private static final long NANOSECONDS = 300_000_000;

    private double kept;

    /** Work on one part, from 0 on. */
    interface Work {

        /** Returns a number that depends on all of it. */
        double on(int part) throws IOException;
    }

    /** Nanoseconds that the fastest part took. */
    double best(Work work) throws IOException {
        long best = Long.MAX_VALUE;
        long begin = System.nanoTime();
        for (int run = 0; run < RUNS || System.nanoTime() - begin < NANOSECONDS; run++) {
            long start = System.nanoTime();
            kept += work.on(run % PARTS);
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    /** The sum of all that was returned; whoever prints it keeps the compiler from leaving out the work. */
    double kept() {
        return kept;
    }
}
