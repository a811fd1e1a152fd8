package dev.forebear.ingest.listing;

import dev.forebear.ingest.sender.NotUnderstoodException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists one part of a registry after another, and takes no page twice. */
final class PartsInTurn implements Listing {

    /** A hundred million versions, if a page holds a thousand. */
    private static final int MAX_PAGES = 100_000;

    private final String alias;
    private final Pages pages;
    private final Set<UUID> asked = new HashSet<>();

    PartsInTurn(String alias, Pages pages) {
        this.alias = alias;
        this.pages = pages;
    }

    @Override
    public Page page(@Nullable String position, @Nullable Instant since) throws IOException, InterruptedException {
        List<String> parts = pages.parts();
        if (position == null) {
            asked.clear();
        }
        if (parts.isEmpty()) {
            return new Page(List.of(), List.of(), null, 0L);
        }
        Position at = position == null ? first(parts, 0) : Position.parse(position);
        int part = parts.indexOf(at.part());
        if (part < 0) {
            throw new ListingException(0, alias + ": list", "a part that is listed", "'" + at.part() + "'");
        }
        asked.add(digest(at));
        Page page = read(at, since);
        Position next = next(parts, part, page.next());
        return new Page(
                page.found(),
                page.skipped().stream().map(Line::of).toList(),
                next == null ? null : next.toString(),
                parts.size() == 1 ? page.total() : null);
    }

    private Page read(Position at, @Nullable Instant since) throws IOException, InterruptedException {
        try {
            return pages.page(at.part(), at.token(), since);
        } catch (NotUnderstoodException e) {
            throw new ListingException(0, alias + ": list", "an answer of its kind", String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Position next(List<String> parts, int part, @Nullable String token) throws ListingException {
        if (token == null || token.isEmpty()) {
            return part + 1 < parts.size() ? first(parts, part + 1) : null;
        }
        Position next = new Position(parts.get(part), token);
        if (!next.isBounded()) {
            throw new ListingException(0, alias + ": list", "a short name of the next page", "a long one");
        }
        if (asked.contains(digest(next)) || asked.size() >= MAX_PAGES) {
            throw new ListingException(
                    0, alias + ": list", "a next page that was not asked for before", "one that was, or no end");
        }
        return next;
    }

    private static Position first(List<String> parts, int part) {
        return new Position(parts.get(part), "");
    }

    private static UUID digest(Position position) {
        return UUID.nameUUIDFromBytes(position.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        pages.close();
    }
}
