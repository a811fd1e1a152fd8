package dev.forebear.alerts.api;

import dev.forebear.alerts.access.Access;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.Role;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** {@code /dead-letters}: what could not be processed, and what it held. */
final class DeadLetterRoutes {

    private static final int MAX_NAME = 200;
    private static final int MAX_TOPIC = 1_000;

    private static final Keyset<View> LATEST = Keyset.of(
            "dead_letter",
            "*",
            "",
            Order.of(
                    "dead letters",
                    Order.latest("dead_letter.at"),
                    Order.latest("dead_letter.partition"),
                    Order.latest("dead_letter.\"offset\"")),
            View::of);

    private final ReadModel model;
    private final Answers answers;
    private final LargeRecords records;
    private final Access access;

    DeadLetterRoutes(ReadModel model, Answers answers, LargeRecords records, Access access) {
        this.model = model;
        this.answers = answers;
        this.records = records;
        this.access = access;
    }

    /** A dead letter. */
    record View(
            int partition,
            long offset,
            String stage,
            String reason,
            String message,
            String originTopic,
            int originPartition,
            long originOffset,
            int attempts,
            @Nullable String correlationId,
            String at) {

        private static View of(Row row) throws SQLException {
            return new View(
                    row.small("partition"),
                    row.number("offset"),
                    row.text("stage"),
                    row.text("reason"),
                    row.text("message"),
                    row.text("origin_topic"),
                    row.small("origin_partition"),
                    row.number("origin_offset"),
                    row.small("attempts"),
                    row.textOrNull("correlation_id"),
                    row.time("at"));
        }
    }

    /** A dead letter with what it holds. */
    record Detail(
            View letter, @Nullable BytesView key, @Nullable BytesView value, List<Header> headers) {}

    /** A header of the original, which came without secrets. */
    record Header(String name, @Nullable BytesView value) {}

    void addTo(JavalinConfig config) {
        config.routes.get(ApiRoutes.ROOT + "/dead-letters", this::list);
        config.routes.get(ApiRoutes.ROOT + "/dead-letters/{partition}/{offset}", this::one);
    }

    private void list(Context context) {
        var parameters = new Parameters(context);
        String stage = parameters.text("stage", MAX_NAME);
        String reason = parameters.text("reason", MAX_NAME);
        String topic = parameters.text("topic", MAX_TOPIC);
        Cursor cursor = LATEST.order().cursor(parameters);
        int limit = parameters.limit();
        answers.tagged(
                context,
                () -> model.queries()
                        .withHandle(handle -> LATEST.page(
                                handle,
                                () -> new Conditions()
                                        .is("dead_letter.stage", stage)
                                        .is("dead_letter.reason", reason)
                                        .is("dead_letter.origin_topic", topic),
                                cursor,
                                limit)));
    }

    // What could not be read may hold anything: it is for those who look after the service.
    private void one(Context context) {
        access.require(context, Role.ADMIN);
        int partition = (int) number(context, "partition", Integer.MAX_VALUE);
        long offset = number(context, "offset", Long.MAX_VALUE);
        View letter = model.queries().withHandle(handle -> letter(handle, partition, offset));
        DeadLetter record = records.deadLetter(partition, offset);
        Answers.plain(
                context,
                new Detail(
                        letter,
                        BytesView.of(record.getKey()),
                        BytesView.of(record.getValue()),
                        record.getHeaders().stream()
                                .map(header -> new Header(header.getKey(), BytesView.of(header.getValue())))
                                .toList()));
    }

    private static View letter(Handle handle, int partition, long offset) {
        return handle.createQuery("SELECT * FROM dead_letter WHERE partition = :partition AND \"offset\" = :offset")
                .bind("partition", partition)
                .bind("offset", offset)
                .map((set, context) -> View.of(new Row(set)))
                .findFirst()
                .orElseThrow(() -> new NotFoundResponse("no dead letter " + partition + "/" + offset + " is known"));
    }

    private static long number(Context context, String name, long most) {
        String text = context.pathParam(name);
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw Parameters.wrong(name, "a whole number from 0", Parameters.quoted(text));
    }
}
