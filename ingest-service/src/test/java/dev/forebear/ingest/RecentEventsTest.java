package dev.forebear.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentEventsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

    private final RecentEvents recent = new RecentEvents();

    @Test
    void remembersEventForTheWindowOnly() {
        recent.add("a", NOW);

        assertThat(recent.contains("a", NOW.plus(RecentEvents.WINDOW).minusMillis(1)))
                .isTrue();
        assertThat(recent.contains("a", NOW.plus(RecentEvents.WINDOW))).isFalse();
        assertThat(recent.contains("b", NOW)).isFalse();
    }

    @Test
    void forgetsTheOldestWhenThereAreTooMany() {
        for (int i = 0; i <= RecentEvents.MAX_EVENTS; i++) {
            recent.add("event-" + i, NOW);
        }

        assertThat(recent.contains("event-0", NOW)).isFalse();
        assertThat(recent.contains("event-1", NOW)).isTrue();
        assertThat(recent.contains("event-" + RecentEvents.MAX_EVENTS, NOW)).isTrue();
    }
}
