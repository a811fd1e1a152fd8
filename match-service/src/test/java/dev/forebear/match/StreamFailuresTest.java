package dev.forebear.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

class StreamFailuresTest {

    private final StreamFailures failures = new StreamFailures();

    @Test
    void anotherThreadTakesOverAfterAFailure() {
        assertThat(failures.handle(new StreamsException("fenced")))
                .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        assertThat(failures.problem(State.RUNNING)).isEmpty();
        assertThat(failures.gaveUp().toCompletableFuture()).isNotDone();
        assertThat(failures.problem(State.REBALANCING)).contains("expected RUNNING, found REBALANCING");
    }

    @Test
    void aMatcherWhoseShardsDoNotFitStopsAndSaysWhatItNeeds() {
        var cause = new OutOfMemoryError("Java heap space");

        assertThat(failures.handle(new StreamsException("restoring", cause)))
                .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        assertThat(failures.gaveUp().toCompletableFuture()).isCompleted();
        assertThat(failures.problem(State.NOT_RUNNING))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("to fit into", "MiB of memory", "give the matcher more (-Xmx), or start more"));
    }
}
