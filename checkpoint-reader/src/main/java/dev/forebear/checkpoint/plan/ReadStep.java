package dev.forebear.checkpoint.plan;

import java.io.IOException;

/**
 * A part of some work on a checkpoint that reads weights. What it reads must hang on what describes the weights alone,
 * never on their values; where it does, the plan misses it and it is read when it is asked for.
 *
 * @param name what it reads for, as plans show it
 */
public record ReadStep(String name, Reading reading) {

    /** Reads weights, and keeps what it makes of them to itself. */
    public interface Reading {
        void read() throws IOException;
    }
}
