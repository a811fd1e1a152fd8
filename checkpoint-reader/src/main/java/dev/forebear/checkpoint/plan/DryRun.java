package dev.forebear.checkpoint.plan;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.storage.Distance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs steps on zeros and notes what they would have read. */
public final class DryRun implements ReadScope {

    private final List<PlannedRead> reads = new ArrayList<>();
    private int step;

    private DryRun() {}

    static List<PlannedRead> of(List<ReadStep> steps) throws IOException {
        var dryRun = new DryRun();
        for (ReadStep step : steps) {
            dryRun.note(step);
        }
        return List.copyOf(dryRun.reads);
    }

    /** The run in which what this thread reads of weights now is noted only, and all zeros; null outside of one. */
    public static @Nullable DryRun current() {
        return ReadScope.CURRENT.isBound() && ReadScope.CURRENT.get() instanceof DryRun dryRun ? dryRun : null;
    }

    private void note(ReadStep next) throws IOException {
        try {
            run(next);
        } catch (CheckpointException | RuntimeException failure) {
            // Zeros may fail where weights do not, and what fails with weights will fail again: planned is what came
            // before.
        }
        step++;
    }

    @Override
    public void read(PlannedFile file, long offset, ByteBuffer target) {
        if (file.distance() != Distance.MEMORY && target.hasRemaining()) {
            reads.add(new PlannedRead(step, file, offset, target.remaining()));
        }
        while (target.remaining() >= Long.BYTES) {
            target.putLong(0);
        }
        while (target.hasRemaining()) {
            target.put((byte) 0);
        }
    }
}
