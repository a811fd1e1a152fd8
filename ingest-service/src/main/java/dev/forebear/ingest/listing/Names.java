package dev.forebear.ingest.listing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the names of parts: repositories, groups, collections.
 *
 * @param next token of the next page; null or empty after the last
 */
record Names(List<String> names, @Nullable String next) {

    /** The largest public registry of container images that lists its repositories has fewer. */
    private static final int MAX_NAMES = 200_000;

    private static final int MAX_PAGES = 10_000;
    private static final int MAX_LENGTH = 2048;

    /** Asks for a page of names. */
    interface Question {

        Names page(String token) throws IOException, InterruptedException;
    }

    /** All names, asked for page by page. */
    static List<String> all(String call, Question question) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>();
        String token = "";
        for (int pages = 0; pages < MAX_PAGES && all.size() <= MAX_NAMES; pages++) {
            Names page = question.page(token);
            page.names().stream().filter(name -> name.length() <= MAX_LENGTH).forEach(all::add);
            String next = page.next();
            if (next == null || next.isEmpty()) {
                return all;
            }
            if (next.equals(token)) {
                break;
            }
            token = next;
        }
        throw new ListingException(0, call, "at most " + MAX_NAMES + " names on pages that differ", "no end of them");
    }
}
