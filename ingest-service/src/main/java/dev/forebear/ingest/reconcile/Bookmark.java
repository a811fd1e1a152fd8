package dev.forebear.ingest.reconcile;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a listing is: its next page, and what it was begun for, so that another process continues the same listing.
 *
 * @param floor older uploads are nobody's concern unless a backfill asks for them; null in a backfill
 * @param since only what changed after it is asked for; null for everything
 * @param mode what is done with what it finds
 * @param page position of the next page; null for the first
 */
record Bookmark(
        @Nullable Instant floor,
        @Nullable Instant since,
        Mode mode,
        @Nullable String page) {

    private static final Pattern TEXT = Pattern.compile(
            "(?:floor=(\\d{1,15});)?(?:since=(\\d{1,15});)?(?:(COUNTING|WISHED);)?(?:page=(.*))?", Pattern.DOTALL);

    /** What is done with what a listing finds. */
    enum Mode {
        /** Published, if it is old enough for its event to have come. */
        USUAL,
        /** Published however young it is: its event named no version and was a wish to list. */
        WISHED,
        /** Counted. */
        COUNTING
    }

    /** @throws IllegalArgumentException for what is no bookmark */
    static Bookmark parse(@Nullable String text) {
        Matcher parts = TEXT.matcher(text == null ? "" : text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("position of a listing: expected a bookmark, found another text");
        }
        return new Bookmark(instant(parts.group(1)), instant(parts.group(2)), mode(parts.group(3)), parts.group(4));
    }

    private static Mode mode(@Nullable String word) {
        return word == null ? Mode.USUAL : Mode.valueOf(word);
    }

    private static @Nullable Instant instant(@Nullable String millis) {
        return millis == null ? null : Instant.ofEpochMilli(Long.parseLong(millis));
    }

    /** The same listing at another page. */
    Bookmark at(@Nullable String next) {
        return new Bookmark(floor, since, mode, next);
    }

    /** Whether what it finds is only counted. */
    boolean isCounting() {
        return mode == Mode.COUNTING;
    }

    /** As it is kept. */
    @Override
    public String toString() {
        return (floor == null ? "" : "floor=" + floor.toEpochMilli() + ";")
                + (since == null ? "" : "since=" + since.toEpochMilli() + ";")
                + (mode == Mode.USUAL ? "" : mode + ";")
                + (page == null ? "" : "page=" + page);
    }
}
