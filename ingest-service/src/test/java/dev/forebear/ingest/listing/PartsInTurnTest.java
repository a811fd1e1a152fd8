package dev.forebear.ingest.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.ingest.listing.Listing.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartsInTurnTest {

    /** Parts in order; of each page, by its part and token, the token of the next. */
    private record Chain(List<String> parts, Map<String, String> next) implements Pages {

        @Override
        public Page page(String part, String token, @Nullable Instant since) {
            return new Page(List.of(), List.of(part + "?" + token), next.get(part + "?" + token), 7L);
        }

        @Override
        public void close() {}
    }

    @Test
    void listsEveryPageOfEveryPart() throws Exception {
        var chain = new Chain(List.of("a", "b/ü?", "c"), Map.of("a?", "1", "a?1", "2", "b/ü??", "x=y&z"));
        var listing = new PartsInTurn("hub", chain);

        Page page = listing.page(null, null);
        var asked = new ArrayList<>(page.skipped());
        while (page.next() != null) {
            page = listing.page(page.next(), null);
            asked.addAll(page.skipped());
        }

        assertThat(asked).containsExactly("a?", "a?1", "a?2", "b/ü??", "b/ü??x=y&z", "c?");
        assertThat(page.total()).isNull();
    }

    @Test
    void noticesThatPagesGoInCircles() throws Exception {
        var listing = new PartsInTurn("hub", new Chain(List.of(""), Map.of("?", "1", "?1", "2", "?2", "1")));

        String second = listing.page(null, null).next();
        String third = listing.page(second, null).next();

        assertThatThrownBy(() -> listing.page(third, null))
                .hasMessage(
                        "hub: list: expected a next page that was not asked for before, found one that was, or no end");
        assertThat(listing.page(null, null).next()).isEqualTo(second);
    }

    @Test
    void asksAgainForThePageThatFailed() throws Exception {
        var listing = new PartsInTurn("hub", new Chain(List.of(""), Map.of("?", "1", "?1", "2")));

        String second = listing.page(null, null).next();

        assertThat(listing.page(second, null)).isEqualTo(listing.page(second, null));
    }

    @Test
    void keepsNoNameOfAPageThatIsTooLong() {
        var listing = new PartsInTurn("hub", new Chain(List.of(""), Map.of("?", "x".repeat(9000))));

        assertThatThrownBy(() -> listing.page(null, null)).hasMessageContaining("expected a short name");
    }

    @Test
    void goesOnWithTheNextPartWhenTheOneOfThePositionIsGone() throws Exception {
        var listing = new PartsInTurn("hub", new Chain(List.of("c", "a"), Map.of()));

        assertThat(listing.page("b?5", null).skipped()).containsExactly("c?");
        assertThat(listing.page("d?5", null)).isEqualTo(new Page(List.of(), List.of(), null, 0L));
    }

    @Test
    void refusesATextThatIsNoPosition() {
        var listing = new PartsInTurn("hub", new Chain(List.of("a"), Map.of()));

        assertThatThrownBy(() -> listing.page("a", null))
                .isInstanceOf(ListingException.class)
                .hasMessageContaining("expected a position of a listing, found 'a'");
        assertThatThrownBy(() -> listing.page("%zz?", null)).isInstanceOf(ListingException.class);
    }

    @Test
    void countsOnlyWhereThereIsOnePart() throws Exception {
        assertThat(new PartsInTurn("hub", new Chain(List.of("a"), Map.of()))
                        .page(null, null)
                        .total())
                .isEqualTo(7);
        assertThat(new PartsInTurn("hub", new Chain(List.of(), Map.of()))
                        .page(null, null)
                        .next())
                .isNull();
    }
}
