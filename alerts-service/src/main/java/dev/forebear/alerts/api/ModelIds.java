package dev.forebear.alerts.api;

import io.javalin.http.NotFoundResponse;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What somebody means who names a model or a version of one. */
final class ModelIds {

    private ModelIds() {}

    /**
     * The version that is named, or the one received last of the model that is.
     *
     * @throws NotFoundResponse when neither is known
     */
    static String version(Handle handle, String id) {
        return find(handle, "SELECT id FROM model_version WHERE id = :id", id)
                .or(() -> find(
                        handle,
                        "SELECT id FROM model_version WHERE model_id = :id ORDER BY received_at DESC LIMIT 1",
                        id))
                .orElseThrow(() -> new NotFoundResponse("no model version '" + id + "' is known"));
    }

    /**
     * The model that is named, or of which a version is. A model may be known by what descends from it alone.
     *
     * @throws NotFoundResponse when neither is known
     */
    static String model(Handle handle, String id) {
        return find(handle, "SELECT model_id FROM model_version WHERE id = :id", id)
                .or(() -> find(handle, "SELECT model_id FROM model_version WHERE model_id = :id LIMIT 1", id))
                .or(() -> find(handle, "SELECT base_model_id FROM match WHERE base_model_id = :id LIMIT 1", id))
                .or(() -> find(handle, "SELECT base_model_id FROM match WHERE base_id = :id LIMIT 1", id))
                .orElseThrow(() -> new NotFoundResponse("no model '" + id + "' is known"));
    }

    private static Optional<String> find(Handle handle, String sql, String id) {
        return handle.createQuery(sql).bind("id", id).mapTo(String.class).findFirst();
    }
}
