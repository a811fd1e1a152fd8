package dev.forebear.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookmarkTest {

    private static final Instant DONE = Instant.parse("2026-11-20T09:00:00Z");

    @Test
    void readsBackWhatItWrote() {
        var bookmark = new Bookmark(DONE, Map.of(0, 17L, 3, 4_000_000_000L));

        assertThat(Bookmark.parse(bookmark.text())).contains(bookmark);
        assertThat(Bookmark.parse(new Bookmark(DONE, Map.of()).text())).contains(new Bookmark(DONE, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "something else", "1 2", "1 a:3", "1 2:b"})
    void takesNothingFromATextThatIsNoneOfOurs(String text) {
        assertThat(Bookmark.parse(text)).isEmpty();
    }

    @Test
    void saysNothingWhereTheBrokerWouldNotKeepIt() {
        Map<Integer, Long> many = IntStream.range(0, 1_000).boxed().collect(Collectors.toMap(i -> i, i -> 1_000_000L));

        assertThat(new Bookmark(DONE, many).text()).isEmpty();
    }
}
