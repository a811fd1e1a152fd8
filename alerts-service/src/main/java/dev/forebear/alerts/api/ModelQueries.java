package dev.forebear.alerts.api;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Lists of model versions, from the tables. */
final class ModelQueries {

    static final Keyset<ModelVersionView> LATEST = Keyset.ofRows(
            "model_version",
            ModelVersionView.COLUMNS,
            ModelVersionView.JOINS,
            Order.of("models", Order.latest("model_version.received_at"), Order.text("model_version.id")),
            ModelVersionView::of);

    /** Of so many, a page is most likely among the latest; to put all in order takes longer than to look. */
    private static final int MANY = 2_000;

    private static final int LOOKED_AT = 5_000;

    private ModelQueries() {}

    /** A page of those that somebody asks for, the latest first. */
    static Listing<ModelVersionView> page(Handle handle, ModelFilter filter, @Nullable Cursor cursor, int limit) {
        SearchText query = filter.query();
        if (query == null) {
            return LATEST.page(handle, () -> filter.conditions(new Conditions()), cursor, limit);
        }
        var words = new Conditions();
        Keyset<ModelVersionView> found = LATEST.among(query.versions(words));
        long counted = found.count(handle, filter.conditions(words));
        if (counted < MANY || !query.isPlain()) {
            return found.page(handle, filter.conditions(words), cursor, limit, counted);
        }
        Long since = since(handle, cursor);
        Conditions latest = filter.conditions(new Conditions()).and("model_version.received_at >= :value", since);
        query.models("model_version.model_id", latest);
        Listing<ModelVersionView> page = LATEST.page(handle, latest, cursor, limit, counted);
        return page.next() != null || since == null
                ? page
                : found.page(handle, filter.conditions(words), cursor, limit, counted);
    }

    /** When the last of those was received that are looked at from a cursor on; null when those are all. */
    private static @Nullable Long since(Handle handle, @Nullable Cursor cursor) {
        return handle.createQuery("""
            SELECT received_at FROM model_version WHERE received_at <= :from
            ORDER BY received_at DESC LIMIT 1 OFFSET %d
            """.formatted(LOOKED_AT))
                .bind("from", cursor == null ? Long.MAX_VALUE : cursor.values().getFirst())
                .mapTo(Long.class)
                .findFirst()
                .orElse(null);
    }
}
