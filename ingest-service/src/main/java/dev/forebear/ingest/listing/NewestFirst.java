package dev.forebear.ingest.listing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a page that was asked for in the order in which they changed, the last one first. Tells which are
 * wanted, and whether those behind them are not. A server may not know the order: then nothing is said of what is
 * behind.
 */
final class NewestFirst {

    private final @Nullable Instant since;
    private Instant last = Instant.MAX;
    private boolean ordered = true;
    private boolean older;

    /** @param since only what changed after it is wanted; null for everything */
    NewestFirst(@Nullable Instant since) {
        this.since = since;
    }

    /**
     * Whether the next entry of the page is wanted.
     *
     * @param changed when it changed; an entry of which that is not known is wanted
     */
    boolean wants(@Nullable Instant changed) {
        if (changed == null || since == null) {
            return true;
        }
        ordered &= !changed.isAfter(last);
        last = changed;
        older |= !changed.isAfter(since);
        return changed.isAfter(since);
    }

    /** Whether nothing behind this page is wanted. */
    boolean isEnough() {
        return older && ordered;
    }
}
