package dev.forebear.ingest.listing;

import dev.forebear.ingest.announcement.Announcement;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one registry holds, page by page. A page is asked for by the position that the page before it named, so that a
 * listing can be continued by another process. Not thread-safe.
 */
public interface Listing extends AutoCloseable {

    /**
     * One page.
     *
     * @param position as the page before named it; null for the first
     * @param since only what changed after it is wanted; a registry that cannot tell gives more. Null for everything
     * @throws IOException if the registry could not be reached, answered otherwise than it should, or asked to wait;
     *     the message names the registry, what was expected and what was found
     */
    Page page(@Nullable String position, @Nullable Instant since) throws IOException, InterruptedException;

    @Override
    void close();

    /**
     * Part of what a registry holds.
     *
     * @param found uploads with the ids that the registry's events would give them, and changes where it tells them
     * @param skipped why entries could not be used, one line for each
     * @param next position of the next page; null after the last
     * @param total versions in the whole listing; null when the registry does not tell
     */
    record Page(
            List<Announcement> found,
            List<String> skipped,
            @Nullable String next,
            @Nullable Long total) {

        public Page {
            found = List.copyOf(found);
            skipped = List.copyOf(skipped);
        }
    }
}
