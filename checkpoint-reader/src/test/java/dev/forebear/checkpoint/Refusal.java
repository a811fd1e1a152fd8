package dev.forebear.checkpoint;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.forebear.checkpoint.CheckpointException.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that a checkpoint is refused, why, and in which words. */
public final class Refusal {

    private Refusal() {}

    public static void assertRefused(ThrowingCallable reading, Reason reason, String words) {
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(reading)
                .withMessageContaining(words)
                .withMessageNotContaining("\n")
                .extracting(CheckpointException::reason)
                .isEqualTo(reason);
    }
}
