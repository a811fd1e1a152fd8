package dev.forebear.alerts.api;

import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.wire.DeliveryOutcome;
import dev.forebear.schemas.wire.MessagePurpose;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /deliveries}: attempts to tell channels. */
final class DeliveryRoutes {

    private static final List<String> OUTCOMES =
            Arrays.stream(DeliveryOutcome.values()).map(Json::word).toList();
    private static final List<String> PURPOSES =
            Arrays.stream(MessagePurpose.values()).map(Json::word).toList();
    private static final int MAX_NAME = 200;
    private static final int MAX_ID = 1_500;

    private static final String OF_ALERT = """
        delivery.message_id IN (SELECT delivery_alert.message_id FROM delivery_alert
            WHERE delivery_alert.alert_id = :value)\
        """;
    private static final String OF_MODEL = """
        delivery.message_id IN (SELECT delivery_alert.message_id FROM delivery_alert
            JOIN alert ON alert.id = delivery_alert.alert_id WHERE alert.derived_model_id = :value)\
        """;

    private final ReadModel model;
    private final Answers answers;

    DeliveryRoutes(ReadModel model, Answers answers) {
        this.model = model;
        this.answers = answers;
    }

    void addTo(JavalinConfig config) {
        config.routes.get(ApiRoutes.ROOT + "/deliveries", this::list);
    }

    private void list(Context context) {
        var parameters = new Parameters(context);
        Filter filter = Filter.of(parameters);
        Cursor cursor = DeliveryQueries.LATEST.order().cursor(parameters);
        int limit = parameters.limit();
        answers.tagged(
                context,
                () -> model.queries()
                        .withHandle(handle -> DeliveryQueries.LATEST.page(handle, filter::conditions, cursor, limit)));
    }

    private record Filter(
            @Nullable String channel,
            List<String> outcomes,
            List<String> purposes,
            @Nullable String message,
            @Nullable String alert,
            @Nullable String derived,
            boolean last) {

        static Filter of(Parameters parameters) {
            return new Filter(
                    parameters.text("channel", MAX_NAME),
                    parameters.choices("outcome", OUTCOMES),
                    parameters.choices("purpose", PURPOSES),
                    parameters.text("message", MAX_NAME),
                    parameters.text("alert", MAX_NAME),
                    parameters.text("derived", MAX_ID),
                    Boolean.TRUE.equals(parameters.flag("last")));
        }

        Conditions conditions() {
            return new Conditions()
                    .is("delivery.channel", channel)
                    .in("delivery.outcome", outcomes)
                    .in("delivery.purpose", purposes)
                    .is("delivery.message_id", message)
                    .and(OF_ALERT, alert)
                    .and(OF_MODEL, derived)
                    .is("delivery.last", last ? Boolean.TRUE : null);
        }
    }
}
