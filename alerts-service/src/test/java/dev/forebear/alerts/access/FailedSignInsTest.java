package dev.forebear.alerts.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailedSignInsTest {

    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final FailedSignIns failed = new FailedSignIns(() -> now);

    @Test
    void asksAnAddressToWaitThatFailedTooOften() {
        for (int i = 0; i < FailedSignIns.MAX_A_MINUTE; i++) {
            assertThat(failed.count("192.0.2.7")).isZero();
        }
        now = now.plusSeconds(20);

        assertThat(failed.count("192.0.2.7")).isEqualTo(40);
        assertThat(failed.count("192.0.2.8")).isZero();

        now = now.plusSeconds(40);

        assertThat(failed.count("192.0.2.7")).isZero();
    }
}
