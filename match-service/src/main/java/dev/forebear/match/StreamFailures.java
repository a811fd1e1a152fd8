package dev.forebear.match;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a matcher whose thread fails: another thread takes over, unless memory ran out. Then the next one
 * would read the same shards back to the same end, so the matcher stops and says what it needs.
 */
final class StreamFailures implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(StreamFailures.class);

    private final CompletableFuture<String> gaveUp = new CompletableFuture<>();

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                gaveUp.complete(outOfMemory());
                LOG.atError().setCause(failure).log(outOfMemory());
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            }
        }
        LOG.atError().setCause(failure).log("a stream thread ended and is replaced");
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Why the matcher stopped, once it has. */
    CompletionStage<String> gaveUp() {
        return gaveUp;
    }

    /** Why shards cannot be searched at present. */
    Optional<String> problem(KafkaStreams.State state) {
        String reason = gaveUp.getNow("");
        if (!reason.isEmpty()) {
            return Optional.of(reason);
        }
        return state == KafkaStreams.State.RUNNING ? Optional.empty() : Optional.of("expected RUNNING, found " + state);
    }

    private static String outOfMemory() {
        return "expected the fingerprints of its shards to fit into %,d MiB of memory, found that they do not: give the matcher more (-Xmx), or start more of them"
                .formatted(Runtime.getRuntime().maxMemory() >> 20);
    }
}
