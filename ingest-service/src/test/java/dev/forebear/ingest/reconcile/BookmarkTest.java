package dev.forebear.ingest.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.ingest.reconcile.Bookmark.Mode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BookmarkTest {

    @Test
    void isReadAsItWasWritten() {
        Instant time = Instant.parse("2026-11-20T08:00:00.123Z");
        for (Bookmark bookmark : List.of(
                new Bookmark(null, null, Mode.USUAL, null),
                new Bookmark(time, time, Mode.WISHED, "page=7;since=1\nx"),
                new Bookmark(null, null, Mode.COUNTING, ""))) {
            assertThat(Bookmark.parse(bookmark.toString())).isEqualTo(bookmark);
        }
    }

    @Test
    void refusesOtherTexts() {
        assertThatThrownBy(() -> Bookmark.parse("somewhere")).isInstanceOf(IllegalArgumentException.class);
    }
}
