package dev.forebear.alerts.api;

import dev.forebear.alerts.readmodel.ReadModel;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** {@code /search}: models by any part of a name, an ancestor's name or a licence. */
final class SearchRoutes {

    private static final int MAX_QUERY = 200;

    /** So many are put in order: of those found by their names, and of all. */
    private static final int CANDIDATES = 500;

    private static final String NEWEST = " ORDER BY place DESC LIMIT " + CANDIDATES + ")";

    private static final String FOUND = """
        SELECT latest.*, count(*) AS versions, max(latest.received_at) AS last,
            (SELECT count(*) FROM alert
             WHERE alert.derived_model_id = latest.model_id AND alert.state <> 'resolved') AS alerts
        FROM candidate CROSS JOIN search_document ON search_document.place = candidate.place
            CROSS JOIN model_version AS latest ON latest.model_id = search_document.id
        GROUP BY latest.model_id
        """;

    private final ReadModel model;
    private final Answers answers;

    SearchRoutes(ReadModel model, Answers answers) {
        this.model = model;
        this.answers = answers;
    }

    /** A model that was found; the version received last stands for it. */
    record Hit(
            String modelId,
            String id,
            String registry,
            String name,
            @Nullable String licence,
            int versions,
            String receivedAt,
            @Nullable String deletedAt,
            @Nullable String nearest,
            int alerts) {

        private static Hit of(Row row) throws SQLException {
            return new Hit(
                    row.text("model_id"),
                    row.text("id"),
                    row.text("registry"),
                    row.text("name"),
                    row.textOrNull("licence"),
                    row.small("versions"),
                    row.time("received_at"),
                    row.timeOrNull("deleted_at"),
                    row.textOrNull("nearest_id"),
                    row.small("alerts"));
        }
    }

    void addTo(JavalinConfig config) {
        config.routes.get(ApiRoutes.ROOT + "/search", this::search);
    }

    private void search(Context context) {
        var parameters = new Parameters(context);
        SearchText query = SearchText.of(parameters.text("query", MAX_QUERY));
        int limit = parameters.limit();
        if (query == null) {
            throw Parameters.wrong("query", "a word or several", "none");
        }
        answers.tagged(context, () -> model.queries().withHandle(handle -> search(handle, query, limit)));
    }

    // A bare column beside max() is of the row that has it: SQLite promises that.
    private static Listing<Hit> search(Handle handle, SearchText query, int limit) {
        var values = new Conditions();
        String candidates = "WITH candidate(place) AS (SELECT * FROM (" + query.placesByName(values) + NEWEST
                + "\nUNION SELECT * FROM (" + query.places(values) + NEWEST + ")\n";
        String first = values.bind(query.words().getFirst());
        List<Hit> hits = handle.createQuery(candidates + FOUND + "ORDER BY instr(lower(latest.model_id), lower(:"
                        + first + ")) = 0, last DESC, latest.model_id\nLIMIT " + limit)
                .bindMap(values.values())
                .map((set, context) -> Hit.of(new Row(set)))
                .list();
        return Listing.of(hits, null, count(handle, query));
    }

    private static long count(Handle handle, SearchText query) {
        var values = new Conditions();
        return handle.createQuery(
                        "SELECT count(*) FROM (" + query.places(values) + "\nLIMIT " + (Listing.MAX_COUNTED + 1) + ")")
                .bindMap(values.values())
                .mapTo(Long.class)
                .one();
    }
}
