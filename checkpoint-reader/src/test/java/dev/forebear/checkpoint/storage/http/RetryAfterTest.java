package dev.forebear.checkpoint.storage.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

    @ParameterizedTest
    @CsvSource({"120, 120", " 0 , 0", "'Fri, 20 Nov 2026 08:00:30 GMT', 30", "'Fri, 20 Nov 2026 07:00:00 GMT', 0"})
    void readsSecondsAndDates(String header, long seconds) {
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1e3", "99999999999"})
    void knowsNoPauseInAnythingElse(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isNull();
    }

    @Test
    void knowsNoPauseWithoutTheHeader() {
        assertThat(RetryAfter.parse(null, NOW)).isNull();
    }
}
