package dev.forebear.checkpoint.plan;

import java.io.IOException;
import java.nio.ByteBuffer;

/** How the reads of weights of one thread are made while a step runs in it. */
sealed interface ReadScope permits DryRun, ReadingAhead {

    /** Bound while a step runs; without it a read goes straight to its file. */
    ScopedValue<ReadScope> CURRENT = ScopedValue.newInstance();

    /** As {@link PlannedFile#read}, of a range that lies inside the file. */
    void read(PlannedFile file, long offset, ByteBuffer target) throws IOException;

    /** Runs a step in this scope. */
    default void run(ReadStep step) throws IOException {
        ScopedValue.where(CURRENT, this).call(() -> {
            step.reading().read();
            return this;
        });
    }
}
