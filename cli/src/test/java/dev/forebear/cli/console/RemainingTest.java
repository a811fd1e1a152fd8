package dev.forebear.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RemainingTest {

    private static final long SECOND = 1_000_000_000L;

    private final Remaining remaining = new Remaining(0);

    @Test
    void goesOnAsFastAsItWent() {
        remaining.at(0, 0, 100);

        assertThat(remaining.at(10 * SECOND, 25, 100)).hasValue(Duration.ofSeconds(30));
    }

    @Test
    void doesNotCountWhatWasDoneBefore() {
        remaining.at(0, 50, 100);

        assertThat(remaining.at(10 * SECOND, 60, 100)).hasValue(Duration.ofSeconds(40));
    }

    @Test
    void saysNothingThatItCannotKnow() {
        remaining.at(0, 0, 100);

        assertThat(remaining.at(SECOND, 50, 100)).as("too soon").isEmpty();
        assertThat(remaining.at(10 * SECOND, 0, 100)).as("nothing done").isEmpty();
        assertThat(remaining.at(10 * SECOND, 100, 100)).as("all done").isEmpty();
    }
}
