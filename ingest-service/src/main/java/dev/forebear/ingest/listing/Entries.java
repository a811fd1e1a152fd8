package dev.forebear.ingest.listing;

import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.listing.Listing.Page;
import dev.forebear.ingest.sender.NotUnderstoodException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the entries of a page: one that cannot be used leaves the others alone. */
final class Entries {

    private final List<Announcement> found = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    /** Reads one entry. */
    interface Reading {

        /** @return what it announces; null for nothing */
        @Nullable
        Announcement read() throws IOException, InterruptedException;
    }

    /** @param what the entry is, for messages */
    void add(String what, Reading reading) throws IOException, InterruptedException {
        try {
            Announcement announcement = reading.read();
            if (announcement != null) {
                found.add(announcement);
            }
        } catch (NotUnderstoodException e) {
            skip(what, String.valueOf(e.getMessage()));
        } catch (ListingException e) {
            if (!e.concernsEntryOnly()) {
                throw e;
            }
            skip(what, String.valueOf(e.getMessage()));
        }
    }

    void skip(String what, String why) {
        skipped.add(what + ": " + why);
    }

    /** @param next token of the next page; null or empty after the last */
    Page page(@Nullable String next) {
        return new Page(found, skipped, next, null);
    }
}
