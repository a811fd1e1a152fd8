package dev.forebear.alerts.api;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Quarantines from the table. */
final class QuarantineQueries {

    /** The latest first. */
    static final Order ORDER =
            Order.of("quarantines", Order.latest("quarantine.quarantined_at"), Order.text("quarantine.id"));

    static final List<String> STANDINGS = List.of("active", "lifted");

    private QuarantineQueries() {}

    static Optional<QuarantineView> byId(Handle handle, String id) {
        return handle.createQuery("SELECT " + QuarantineView.COLUMNS + "\nFROM quarantine WHERE id = :id")
                .bind("id", id)
                .map((set, context) -> QuarantineView.of(new Row(set)))
                .findFirst();
    }

    /** Those of a model and of its versions, that hold. */
    static List<QuarantineView> ofModel(Handle handle, String modelId) {
        return handle.createQuery("SELECT " + QuarantineView.COLUMNS
                        + "\n"
                        + "FROM quarantine WHERE model_id = :id AND lifted_at IS NULL ORDER BY quarantined_at"
                        + " DESC, id")
                .bind("id", modelId)
                .map((set, context) -> QuarantineView.of(new Row(set)))
                .list();
    }

    static Listing<QuarantineView> page(Handle handle, List<String> standings, @Nullable Cursor cursor, int limit) {
        return Keyset.of("quarantine", QuarantineView.COLUMNS, "", ORDER, QuarantineView::of)
                .page(
                        handle,
                        () -> new Conditions()
                                .in(
                                        "CASE WHEN quarantine.lifted_at IS NULL THEN 'active' ELSE 'lifted' END",
                                        standings),
                        cursor,
                        limit);
    }
}
