package dev.forebear.alerts.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void pagesThroughEverythingOnceNewestFirst() {
        var timeline = new Timeline<Integer>(100);
        for (int i = 0; i < 10; i++) {
            // Pairs share a time: the id decides between them.
            timeline.put("id:" + i, NOON.plusSeconds(i / 2), i);
        }

        List<Integer> seen = new ArrayList<>();
        Cursor cursor = null;
        do {
            Page<Integer> page = timeline.page(cursor, 3);
            assertThat(page.total()).isEqualTo(10);
            seen.addAll(page.items());
            cursor = page.next() == null ? null : Cursor.parse(page.next().toString());
        } while (cursor != null);

        assertThat(seen).containsExactly(8, 9, 6, 7, 4, 5, 2, 3, 0, 1);
    }

    @Test
    void movesAnIdToItsNewTime() {
        var timeline = new Timeline<String>(100);
        timeline.put("a", NOON, "old");
        timeline.put("b", NOON.plusSeconds(1), "b");
        timeline.put("a", NOON.plusSeconds(2), "new");

        assertThat(timeline.page(null, 10).items()).containsExactly("new", "b");
    }

    @Test
    void letsTheOldestGo() {
        var timeline = new Timeline<String>(2);
        timeline.put("b", NOON.plusSeconds(1), "b");
        timeline.put("a", NOON, "a");
        timeline.put("c", NOON.plusSeconds(2), "c");

        assertThat(timeline.page(null, 10).items()).containsExactly("c", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "!!!", "bm9jb2xvbg", "OjE"})
    void refusesCursorsThatNoPageHandedOut(String text) {
        assertThatThrownBy(() -> Cursor.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cursor: expected the value of an earlier answer's 'next'");
    }
}
