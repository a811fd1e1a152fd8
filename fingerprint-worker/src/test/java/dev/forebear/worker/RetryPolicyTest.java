package dev.forebear.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPolicyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Random random = new Random(1);
    private final RetryPolicy policy =
            new RetryPolicy(SECOND, Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofMinutes(2));

    @ParameterizedTest
    @EnumSource(names = {"MALFORMED", "UNSUPPORTED", "REFUSED", "UNSAFE", "INTERNAL"})
    void permanentCausesAreNotTriedAgain(Cause cause) {
        assertThat(policy.delay(cause, 1, Duration.ZERO, random)).isEmpty();
    }

    @Test
    void delaysDoubleWithJitterUpToTheLongest() {
        for (int attempts = 1; attempts < 100; attempts++) {
            Duration full = attempts < 6 ? SECOND.multipliedBy(1L << (attempts - 1)) : Duration.ofSeconds(30);
            assertThat(policy.backoff(attempts, random)).isBetween(full.dividedBy(2), full);
        }
    }

    @Test
    void anUnreachableStoreIsTriedUntilTheDeadlineAndOnceMoreAtIt() {
        assertThat(policy.delay(Cause.UNREACHABLE, 20, Duration.ofSeconds(599), random))
                .contains(SECOND);
        assertThat(policy.delay(Cause.UNREACHABLE, 21, Duration.ofMinutes(10), random))
                .isEmpty();
    }

    @Test
    void aMissingFileIsWaitedForDuringTheGraceOnly() {
        assertThat(policy.delay(Cause.MISSING, 1, Duration.ofSeconds(119), random))
                .isPresent();
        assertThat(policy.delay(Cause.MISSING, 1, Duration.ofMinutes(2), random))
                .isEqualTo(Optional.empty());
    }

    @Test
    void changingWeightsAreReadFourTimes() {
        assertThat(policy.delay(Cause.CHANGED, 3, Duration.ofHours(1), random)).isPresent();
        assertThat(policy.delay(Cause.CHANGED, 4, Duration.ZERO, random)).isEmpty();
    }

    @Test
    void refusesAnOrderOfDelaysThatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(SECOND, Duration.ofMillis(1), SECOND, SECOND))
                .withMessageContaining("first <= longest");
    }
}
