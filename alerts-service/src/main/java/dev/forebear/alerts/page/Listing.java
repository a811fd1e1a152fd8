package dev.forebear.alerts.page;

import dev.forebear.alerts.projection.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a list. */
record Listing<V>(List<V> items, @Nullable String next, int total) {

    static <T, V> Listing<V> of(Page<T> page, Function<T, V> view) {
        return new Listing<>(
                page.items().stream().map(view).toList(),
                page.next() == null ? null : page.next().toString(),
                page.total());
    }
}
