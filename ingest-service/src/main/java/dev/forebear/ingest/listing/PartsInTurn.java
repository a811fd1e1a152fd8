package dev.forebear.ingest.listing;

import dev.forebear.ingest.sender.NotUnderstoodException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lists one part of a registry after another, in the order of their names, and takes no page twice. Parts may come and
 * go while it does.
 */
final class PartsInTurn implements Listing {

    /** A hundred million versions, if a page holds a thousand. */
    private static final int MAX_PAGES = 100_000;

    private final String alias;
    private final Pages pages;
    private final Set<UUID> seen = new HashSet<>();
    private List<String> unsorted = List.of();
    private NavigableSet<String> sorted = new TreeSet<>();

    PartsInTurn(String alias, Pages pages) {
        this.alias = alias;
        this.pages = pages;
    }

    @Override
    public Page page(@Nullable String position, @Nullable Instant since) throws IOException, InterruptedException {
        NavigableSet<String> parts = parts();
        if (position == null) {
            seen.clear();
        }
        Position at = at(parts, position == null ? new Position("", "") : parsed(position));
        if (at == null) {
            return new Page(List.of(), List.of(), null, 0L);
        }
        seen.add(digest(at));
        Page page = asked(() -> pages.page(at.part(), at.token(), since));
        Position next = next(parts, at.part(), page.next());
        return new Page(
                page.found(),
                page.skipped().stream().map(Line::of).toList(),
                next == null ? null : next.toString(),
                parts.size() == 1 ? page.total() : null);
    }

    private Position parsed(String position) throws IOException, InterruptedException {
        return asked(() -> Position.parse(position));
    }

    /** What to list; null when there is nothing any more. A part that is gone is passed over. */
    private static @Nullable Position at(NavigableSet<String> parts, Position wanted) {
        return parts.contains(wanted.part()) ? wanted : behind(parts, wanted.part());
    }

    private static @Nullable Position behind(NavigableSet<String> parts, String part) {
        String next = parts.higher(part);
        return next == null ? null : new Position(next, "");
    }

    private NavigableSet<String> parts() throws IOException, InterruptedException {
        List<String> named = asked(pages::parts);
        // Most kinds give the same list every time; some have many thousand parts.
        if (!named.equals(unsorted)) {
            unsorted = named;
            sorted = new TreeSet<>(named);
        }
        return sorted;
    }

    private interface Question<T> {

        T ask() throws IOException, InterruptedException;
    }

    private <T> T asked(Question<T> question) throws IOException, InterruptedException {
        try {
            return question.ask();
        } catch (NotUnderstoodException | IllegalArgumentException e) {
            // The latter for what cannot be asked, such as a name that no header or bucket may have.
            throw new ListingException(0, alias + ": list", "an answer of its kind", String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Position next(NavigableSet<String> parts, String part, @Nullable String token)
            throws ListingException {
        if (token == null || token.isEmpty()) {
            return behind(parts, part);
        }
        Position next = new Position(part, token);
        if (!next.isBounded()) {
            throw new ListingException(0, alias + ": list", "a short name of the next page", "a long one");
        }
        if (seen.contains(digest(next)) || seen.size() >= MAX_PAGES) {
            throw new ListingException(
                    0, alias + ": list", "a next page that was not asked for before", "one that was, or no end");
        }
        return next;
    }

    private static UUID digest(Position position) {
        return UUID.nameUUIDFromBytes(position.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        pages.close();
    }
}
