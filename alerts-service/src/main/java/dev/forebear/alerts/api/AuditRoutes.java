package dev.forebear.alerts.api;

import dev.forebear.alerts.readmodel.ReadModel;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code /audit}: what people and machines did or tried, on alerts and otherwise, merged in time. */
final class AuditRoutes {

    private static final int MAX_NAME = 300;
    private static final int MAX_ACTION = 100;

    /**
     * Two trails as one; conditions and order reach into both, so that each is read by its index: only when columns
     * that stand for one another are of one type.
     */
    private static final String TRAIL = """
        (SELECT at, 'entry' AS trail, partition, "offset", entry_id AS id, author, role, action, subject, detail,
            refused, via, address
         FROM audit_entry
         UNION ALL
         SELECT at, 'action', partition, "offset", action_id, author, CAST(NULL AS TEXT),
            CAST('alert.' || kind AS TEXT), alert_id, reason, CAST(0 AS INTEGER), via, CAST(NULL AS TEXT)
         FROM alert_action) AS audit\
        """;

    private static final Keyset<View> LATEST = Keyset.over(
            TRAIL,
            TRAIL,
            Order.of(
                    "audit",
                    Order.latest("audit.at"),
                    Order.text("audit.trail"),
                    Order.latest("audit.partition"),
                    Order.latest("audit.\"offset\"")),
            View::of);

    private final ReadModel model;
    private final Answers answers;

    AuditRoutes(ReadModel model, Answers answers) {
        this.model = model;
        this.answers = answers;
    }

    /** Something that was done or tried. */
    record View(
            String id,
            String at,
            String author,
            @Nullable String role,
            String action,
            String subject,
            @Nullable String detail,
            boolean refused,
            @Nullable String via,
            @Nullable String address) {

        private static View of(Row row) throws SQLException {
            return new View(
                    row.text("id"),
                    row.time("at"),
                    row.text("author"),
                    row.textOrNull("role"),
                    row.text("action"),
                    row.text("subject"),
                    row.textOrNull("detail"),
                    row.flag("refused"),
                    row.textOrNull("via"),
                    row.textOrNull("address"));
        }
    }

    void addTo(JavalinConfig config) {
        config.routes.get(ApiRoutes.ROOT + "/audit", this::list);
    }

    private void list(Context context) {
        var parameters = new Parameters(context);
        Filter filter = Filter.of(parameters);
        Cursor cursor = LATEST.order().cursor(parameters);
        int limit = parameters.limit();
        answers.tagged(
                context,
                () -> model.queries().withHandle(handle -> LATEST.page(handle, filter::conditions, cursor, limit)));
    }

    private record Filter(
            @Nullable String author,
            @Nullable String action,
            @Nullable String subject,
            @Nullable Boolean refused,
            @Nullable Instant from,
            @Nullable Instant to) {

        static Filter of(Parameters parameters) {
            return new Filter(
                    parameters.text("author", MAX_NAME),
                    parameters.text("action", MAX_ACTION),
                    parameters.text("subject", MAX_NAME),
                    parameters.flag("refused"),
                    parameters.time("from"),
                    parameters.time("to"));
        }

        Conditions conditions() {
            return new Conditions()
                    .is("audit.author", author)
                    // A dot ends the noun: 'alert' is all that was done to alerts.
                    .and(
                            "(audit.action = :value OR substr(audit.action, 1, length(:value) + 1) = :value || '.')",
                            action)
                    .is("audit.subject", subject)
                    .is("audit.refused", refused)
                    .and("audit.at >= :value", from == null ? null : from.toEpochMilli())
                    .and("audit.at < :value", to == null ? null : to.toEpochMilli());
        }
    }
}
