package dev.forebear.fuzz;

import com.sun.management.ThreadMXBean;
import dev.forebear.checkpoint.CheckpointException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one input may cost. Time is that of the processor, so that a busy machine does not make a defect; the memory is
 * all that was allocated while reading, most of which is garbage at once.
 */
record Limits(Duration time, long allocatedBytes) {

    /** For inputs of up to a megabyte. The heap that the command runs with is that of a worker, 512 MiB. */
    static final Limits DEFAULT = new Limits(Duration.ofSeconds(1), 256L << 20);

    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * What reading an input cost.
     *
     * @param refusal why it was refused; null when it was read
     */
    record Cost(long nanos, long bytes, CheckpointException.@Nullable Reason refusal) {}

    /** Reads an input; whatever it throws but a refusal passes. */
    static Cost read(Parser parser, byte[] input) throws IOException {
        long bytes = THREAD.getCurrentThreadAllocatedBytes();
        long nanos = THREAD.getCurrentThreadCpuTime();
        CheckpointException.Reason refusal = null;
        try {
            parser.read(input);
        } catch (CheckpointException refused) {
            refusal = refused.reason();
        }
        return new Cost(
                THREAD.getCurrentThreadCpuTime() - nanos, THREAD.getCurrentThreadAllocatedBytes() - bytes, refusal);
    }

    /** What the cost is over, in words. */
    Optional<String> exceeded(Cost cost) {
        if (cost.nanos() > time.toNanos()) {
            return Optional.of("expected at most " + time.toMillis() + " ms, found "
                    + Duration.ofNanos(cost.nanos()).toMillis());
        }
        if (cost.bytes() > allocatedBytes) {
            return Optional.of("expected at most " + allocatedBytes + " bytes allocated, found " + cost.bytes());
        }
        return Optional.empty();
    }
}
