package dev.forebear.alerts.projection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of many items.
 *
 * @param next where the next page begins; null on the last
 * @param total number of items on all pages
 */
public record Page<V>(List<V> items, @Nullable Cursor next, int total) {

    public Page {
        items = List.copyOf(items);
    }
}
