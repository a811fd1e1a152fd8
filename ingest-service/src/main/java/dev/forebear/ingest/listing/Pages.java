package dev.forebear.ingest.listing;

import dev.forebear.ingest.listing.Listing.Page;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages of one kind of registry, part by part. */
interface Pages extends AutoCloseable {

    /** What stands for the whole of a registry that needs not be listed in parts. */
    List<String> WHOLE = List.of("");

    /** What is listed one after another: owners, projects, buckets. Asked for before every page. */
    List<String> parts() throws IOException, InterruptedException;

    /**
     * One page of a part.
     *
     * @param token as the page before named it, in {@link Page#next}; empty for the first
     * @param since only what changed after it is wanted; null for everything
     */
    Page page(String part, String token, @Nullable Instant since) throws IOException, InterruptedException;

    @Override
    void close();
}
