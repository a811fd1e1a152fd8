package dev.forebear.alerts.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next cursor of the next page; null on the last
 * @param total how many there are, counted up to {@value MAX_COUNTED}
 * @param totalIsBound whether there are more than that
 */
record Listing<V>(List<V> items, @Nullable String next, long total, boolean totalIsBound) {

    static final int MAX_COUNTED = 10_000;

    Listing {
        items = List.copyOf(items);
    }

    /** A list that has only one page. */
    static <V> Listing<V> whole(List<V> items) {
        return new Listing<>(items, null, items.size(), false);
    }

    static <V> Listing<V> of(List<V> items, @Nullable Cursor next, long counted) {
        return new Listing<>(
                items, next == null ? null : next.toString(), Math.min(counted, MAX_COUNTED), counted > MAX_COUNTED);
    }
}
