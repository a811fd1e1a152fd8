package dev.forebear.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private final RetryPolicy policy =
            new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(30), Duration.ofHours(1));

    @Test
    void doublesTheWaitUpToTheLongestSpreadByAFifth() {
        var random = new Random(7);
        for (int attempt = 1; attempt <= 100; attempt++) {
            double expected = Math.min(Math.pow(2, attempt - 1), 1800);
            assertThat(policy.waitAfter(attempt, random).toMillis() / 1000.0)
                    .isBetween(expected * 0.8 - 0.001, expected * 1.2);
        }
    }

    @Test
    void endsWithItsBudget() {
        Instant first = Instant.parse("2026-11-20T08:00:00Z");

        assertThat(policy.allows(first, first.plus(Duration.ofMinutes(60)))).isTrue();
        assertThat(policy.allows(first, first.plus(Duration.ofMinutes(61)))).isFalse();
    }
}
