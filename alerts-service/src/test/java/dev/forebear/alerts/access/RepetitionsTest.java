package dev.forebear.alerts.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RepetitionsTest {

    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final Repetitions repetitions = new Repetitions(() -> now);

    @Test
    void tellsTheSameThingOnceAMinuteWithHowOftenItWasLeftOut() {
        assertThat(repetitions.count("a")).hasValue(0);
        assertThat(repetitions.count("a")).isEmpty();
        assertThat(repetitions.count("a")).isEmpty();
        assertThat(repetitions.count("b")).hasValue(0);

        now = now.plus(Repetitions.WINDOW);

        assertThat(repetitions.count("a")).hasValue(2);
        assertThat(repetitions.count("a")).isEmpty();
    }

    @Test
    void tellsNoMoreThanSomeThingsAMinute() {
        long told = 0;
        for (int i = 0; i < 10 * Repetitions.MAX_A_WINDOW; i++) {
            told += repetitions.count("thing " + i).isPresent() ? 1 : 0;
        }
        assertThat(told).isEqualTo(Repetitions.MAX_A_WINDOW);

        now = now.plus(Duration.ofMinutes(1));

        assertThat(repetitions.count("another")).hasValue(0);
    }
}
