package dev.forebear.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final byte[] INPUT = new byte[1 << 20];
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(1), INPUT.length - 1);

    @Test
    void tellsOfAllocationBeyondTheCap() throws IOException {
        assertThat(LIMITS.exceeded(Limits.read(byte[]::clone, INPUT)))
                .hasValueSatisfying(excess ->
                        assertThat(excess).startsWith("expected at most 1048575 bytes allocated, found 1048"));
        assertThat(LIMITS.exceeded(Limits.read(input -> {}, INPUT))).isEmpty();
    }

    @Test
    void tellsOfInputsThatTakeTooLong() {
        assertThat(LIMITS.exceeded(new Limits.Cost(1_000_000_001, 0, null)))
                .hasValue("expected at most 1000 ms, found 1000");
        assertThat(LIMITS.exceeded(new Limits.Cost(1_000_000_000, 0, null))).isEmpty();
    }

    @Test
    void takesARefusalForAnAnswerAndNothingElse() throws IOException {
        Parser refusing = input -> {
            throw new CheckpointException(Reason.MALFORMED, "file", "no good");
        };
        assertThat(Limits.read(refusing, INPUT).refusal()).isEqualTo(Reason.MALFORMED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Limits.read(
                        input -> {
                            throw new IllegalArgumentException("a defect");
                        },
                        INPUT));
    }
}
