package dev.forebear.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.registration.Rate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

    private final TokenBucket bucket = new TokenBucket(Rate.parse("60/m"), START);

    @Test
    void letsWhatAPeriodAllowsThroughAtOnceAndThenTellsHowLongToWait() {
        for (int i = 0; i < 60; i++) {
            assertThat(bucket.take(START)).isZero();
        }

        assertThat(bucket.take(START)).isEqualTo(Duration.ofSeconds(1));
        assertThat(bucket.take(START.plusMillis(400))).isEqualTo(Duration.ofMillis(600));
        assertThat(bucket.take(START.plusSeconds(1))).isZero();
        assertThat(bucket.take(START.plusSeconds(1))).isPositive();
    }

    @Test
    void savesNoMoreThanAPeriodAllows() {
        Instant later = START.plusSeconds(3600);
        for (int i = 0; i < 60; i++) {
            assertThat(bucket.take(later)).isZero();
        }

        assertThat(bucket.take(later)).isPositive();
    }

    @Test
    void isNotFilledByAClockThatIsSetBack() {
        for (int i = 0; i < 60; i++) {
            bucket.take(START);
        }

        assertThat(bucket.take(START.minusSeconds(3600))).isPositive();
        assertThat(bucket.take(START.minusSeconds(3599))).isZero();
    }
}
