package dev.forebear.alerts.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Exceptions from the table. */
final class ExceptionQueries {

    /** Those that end first at the beginning. */
    static final Order ORDER = Order.of(
            "exceptions", Order.smallest("policy_exception.expires_at"), Order.text("policy_exception.exception_id"));

    static final List<String> STANDINGS = List.of("active", "lapsed", "revoked");

    private ExceptionQueries() {}

    static Optional<ExceptionView> byId(Handle handle, String id, Instant now) {
        return handle.createQuery("SELECT " + ExceptionView.COLUMNS + " FROM policy_exception WHERE exception_id = :id")
                .bind("id", id)
                .map((set, context) -> ExceptionView.of(new Row(set), now))
                .findFirst();
    }

    static Listing<ExceptionView> page(Handle handle, Filter filter, Instant now, @Nullable Cursor cursor, int limit) {
        return Keyset.of("policy_exception", ExceptionView.COLUMNS, "", ORDER, row -> ExceptionView.of(row, now))
                .page(handle, () -> filter.conditions(now), cursor, limit);
    }

    /** Which exceptions somebody asks for; all of it must hold. */
    record Filter(
            List<String> standings,
            List<String> rules,
            @Nullable String derived,
            @Nullable String ancestor) {

        private static final int MAX_ID = 1_500;

        static Filter of(Parameters parameters) {
            return new Filter(
                    parameters.choices("standing", STANDINGS),
                    parameters.texts("rule"),
                    parameters.text("derived", MAX_ID),
                    parameters.text("ancestor", MAX_ID));
        }

        private Conditions conditions(Instant now) {
            var conditions = new Conditions()
                    .in("policy_exception.rule", rules)
                    .is("policy_exception.derived_model_id", derived)
                    .is("policy_exception.base_model_id", ancestor);
            if (!standings.isEmpty()) {
                String time = ":" + conditions.bind(now.toEpochMilli());
                String standing = "CASE WHEN policy_exception.revoked_at IS NOT NULL THEN 'revoked'"
                        + " WHEN policy_exception.expires_at <= " + time + " THEN 'lapsed' ELSE 'active' END";
                conditions.in(standing, standings);
            }
            return conditions;
        }
    }
}
