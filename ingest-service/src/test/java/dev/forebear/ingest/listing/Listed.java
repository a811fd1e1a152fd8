package dev.forebear.ingest.listing;

import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.listing.Listing.Page;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.sender.Sample;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole listing.
 *
 * @param pages how many it took
 */
record Listed(List<ModelUpload> uploads, List<String> skipped, int pages) {

    private static final int MOST_PAGES = 100;

    static Listing of(Registration registration) {
        return Listings.of(registration, InstantSource.fixed(Sample.TIME));
    }

    /** Every page, each by a listing of its own, as after a restart; one that fails is asked for again. */
    static Listed all(Registration registration, Instant since) throws IOException, InterruptedException {
        List<ModelUpload> uploads = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        String position = null;
        for (int pages = 1; pages <= MOST_PAGES; pages++) {
            Page page = page(registration, position, since);
            page.found().forEach(found -> uploads.add((ModelUpload) found));
            skipped.addAll(page.skipped());
            position = page.next();
            if (position == null) {
                return new Listed(uploads, skipped, pages);
            }
        }
        throw new AssertionError("the listing of " + registration.alias() + " has no end");
    }

    private static Page page(Registration registration, String position, Instant since)
            throws IOException, InterruptedException {
        try (Listing listing = of(registration)) {
            return listing.page(position, since);
        } catch (IOException failed) {
            try (Listing another = of(registration)) {
                return another.page(position, since);
            }
        }
    }

    List<String> ids() {
        return uploads.stream().map(upload -> upload.id().toString()).toList();
    }
}
