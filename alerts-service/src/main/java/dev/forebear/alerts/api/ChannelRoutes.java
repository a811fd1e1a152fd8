package dev.forebear.alerts.api;

import dev.forebear.alerts.access.Access;
import dev.forebear.alerts.access.AuditTrail;
import dev.forebear.alerts.access.Caller;
import dev.forebear.alerts.delivery.Channel;
import dev.forebear.alerts.delivery.Deliveries;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.wire.Role;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.ServiceUnavailableResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** {@code /channels}: how they do, and whether they work. */
final class ChannelRoutes {

    private static final Duration RECENT = Duration.ofDays(7);

    private static final String HEALTH = """
        SELECT
            (SELECT count(*) FROM owed WHERE channel = :name) AS owed,
            (SELECT min(since) FROM owed WHERE channel = :name) AS owed_since,
            (SELECT max(at) FROM delivery WHERE channel = :name AND outcome = 'delivered') AS delivered_at,
            (SELECT count(*) FROM delivery
             WHERE channel = :name AND at >= :since AND last = 1 AND outcome = 'delivered') AS delivered,
            (SELECT count(*) FROM delivery
             WHERE channel = :name AND at >= :since AND last = 1 AND outcome = 'failed') AS failed,
            (SELECT outcome FROM delivery
             WHERE channel = :name AND last = 1 ORDER BY at DESC LIMIT 1) AS outcome,
            (SELECT detail FROM delivery
             WHERE channel = :name AND last = 1 ORDER BY at DESC LIMIT 1) AS detail\
        """;

    private final ReadModel model;
    private final Access access;
    private final AuditTrail audit;
    private final Supplier<@Nullable Deliveries> deliveries;
    private final InstantSource clock;

    /** @param deliveries null until the service has started */
    ChannelRoutes(
            ReadModel model,
            Access access,
            AuditTrail audit,
            Supplier<@Nullable Deliveries> deliveries,
            InstantSource clock) {
        this.model = model;
        this.access = access;
        this.audit = audit;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    /** A channel and how it does; counts are of the last seven days. */
    record View(
            String name,
            String kind,
            String standing,
            String minimumSeverity,
            long owed,
            @Nullable String owedSince,
            @Nullable String lastDeliveredAt,
            long delivered,
            long failed,
            @Nullable String problem) {}

    /** What became of a test message. */
    record Test(
            String channel,
            String outcome,
            @Nullable Integer statusCode,
            @Nullable String detail) {}

    void addTo(JavalinConfig config) {
        config.routes.get(ApiRoutes.ROOT + "/channels", this::list);
        config.routes.post(ApiRoutes.ROOT + "/channels/{name}/test", this::test);
    }

    private void list(Context context) {
        List<Channel> channels = deliveries().channels();
        Answers.plain(
                context,
                model.queries()
                        .withHandle(handle -> Listing.whole(channels.stream()
                                .map(channel -> view(handle, channel))
                                .toList())));
    }

    private void test(Context context) throws InterruptedException {
        Caller caller = access.require(context, Role.RESPONDER);
        String name = context.pathParam("name");
        Deliveries started = deliveries();
        if (started.channels().stream().noneMatch(channel -> channel.name().equals(name))) {
            throw unknown(name);
        }
        audit.write(caller, "channel.tested", name, null);
        Deliveries.TestResult result = started.test(name).orElseThrow(() -> unknown(name));
        Answers.plain(
                context, new Test(result.channel(), Json.word(result.outcome()), result.statusCode(), result.detail()));
    }

    private View view(Handle handle, Channel channel) {
        return handle.createQuery(HEALTH)
                .bind("name", channel.name())
                .bind("since", clock.instant().minus(RECENT).toEpochMilli())
                .map((set, context) -> view(new Row(set), channel))
                .one();
    }

    private static View view(Row row, Channel channel) throws SQLException {
        String outcome = row.textOrNull("outcome");
        return new View(
                channel.name(),
                channel.kind(),
                standing(outcome),
                Json.word(channel.audience().minimum()),
                row.number("owed"),
                row.timeOrNull("owed_since"),
                row.timeOrNull("delivered_at"),
                row.number("delivered"),
                row.number("failed"),
                "delivered".equals(outcome) ? null : row.textOrNull("detail"));
    }

    private static String standing(@Nullable String outcome) {
        return switch (outcome) {
            case null -> "unused";
            case "delivered" -> "delivering";
            case "retrying" -> "retrying";
            default -> "failing";
        };
    }

    private Deliveries deliveries() {
        Deliveries started = deliveries.get();
        if (started == null) {
            throw new ServiceUnavailableResponse("the service is starting; try again later");
        }
        return started;
    }

    private static NotFoundResponse unknown(String name) {
        return new NotFoundResponse("no channel " + Parameters.quoted(name) + " is known");
    }
}
