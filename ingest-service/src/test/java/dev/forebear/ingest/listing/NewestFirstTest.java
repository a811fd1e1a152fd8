package dev.forebear.ingest.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class NewestFirstTest {

    private static final Instant SINCE = Instant.parse("2026-11-20T08:00:00Z");

    @Test
    void hasEnoughAtTheFirstOlderEntry() {
        var order = new NewestFirst(SINCE);

        assertThat(order.wants(SINCE.plusSeconds(2))).isTrue();
        assertThat(order.isEnough()).isFalse();
        assertThat(order.wants(SINCE)).isFalse();
        assertThat(order.isEnough()).isTrue();
    }

    @Test
    void neverHasEnoughOfAServerThatKnowsNoOrder() {
        var order = new NewestFirst(SINCE);

        assertThat(order.wants(SINCE.minusSeconds(1))).isFalse();
        assertThat(order.wants(SINCE.plusSeconds(1))).isTrue();
        assertThat(order.isEnough()).isFalse();
    }

    @Test
    void wantsWhatChangedAtATimeThatIsNotKnown() {
        assertThat(new NewestFirst(SINCE).wants(null)).isTrue();
        assertThat(new NewestFirst(null).wants(SINCE)).isTrue();
    }
}
